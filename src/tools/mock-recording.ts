import { canonicalJson } from '../json/canonical.ts';
import { showValue } from '../match/show.ts';
import { jsonCopy } from './json-copy.ts';
import { callText, cannotAnswer } from './mock-fault.ts';
import type { RecordedAnswers } from './read-recording.ts';
import type { ToolAnswer } from './tool-host.ts';
import type { AcceptedCall, ToolMock } from './tool-mock.ts';
import { type WorldChange, worldChanges } from './world-changes.ts';

/** Recorded calls among which the nearest is looked for. */
const MOST_COMPARED = 1000;

/** A tool that is answered from a recording: by canonical arguments and number of the call with those; a single answer serves every time. */
export function mockOfRecording(answers: RecordedAnswers, written: string): ToolMock {
  return {
    begin: () => {
      const counts = new Map<string, number>();
      return (call) => {
        const key = canonicalJson(call.args);
        const known = answers.get(key);
        if (!known) throw missed(call, answers, written);
        const nth = (counts.get(key) ?? 0) + 1;
        counts.set(key, nth);
        const [only] = known.values();
        const answer = known.size === 1 ? only : known.get(nth);
        if (answer) return copyOf(answer);
        const numbers = [...known.keys()].sort((a, b) => a - b).join(', ');
        const why = `this is call ${nth} with these arguments, and "${written}" holds only ${cutList(numbers)}`;
        throw cannotAnswer(call.tool, call.asked, why);
      };
    },
  };
}

function copyOf(answer: ToolAnswer): ToolAnswer {
  return 'error' in answer ? { error: { ...answer.error } } : { result: jsonCopy(answer.result) };
}

function cutList(numbers: string): string {
  return numbers.length > 60 ? `${numbers.slice(0, 60)}…` : numbers;
}

/** A call that is not recorded, with the nearest that is and the first difference from it. */
function missed({ tool, args, asked }: AcceptedCall, answers: RecordedAnswers, written: string) {
  let nearest: { key: string; changes: readonly WorldChange[] } | null = null;
  let compared = 0;
  for (const key of answers.keys()) {
    if (++compared > MOST_COMPARED) break;
    const changes = worldChanges(JSON.parse(key), args);
    if (nearest === null || changes.length < nearest.changes.length) nearest = { key, changes };
  }
  if (nearest === null) return cannotAnswer(tool, asked, `"${written}" holds no call of it`);
  const { key, changes } = nearest;
  const [first] = changes;
  const where = first === undefined || first.pointer === '' ? 'the arguments' : first.pointer;
  const difference = first
    ? `: ${where} was ${showValue(first.was, 80)}, is ${showValue(first.is, 80)}`
    : '';
  const near = callText(tool, JSON.parse(key));
  return cannotAnswer(
    tool,
    asked,
    `"${written}" holds no such call; the nearest is ${near}${difference}`,
  );
}
