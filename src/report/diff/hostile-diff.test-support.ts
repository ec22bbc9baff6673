import type { HeldDiff } from '../../diff/held-diff.ts';
import type { Step } from '../../model/trajectory.ts';
import { HOSTILE } from './hostile-text.test-support.ts';
import { sampleDiff } from './sample-diff.test-support.ts';
import { SAMPLE_TASKS, sampleTask, shownTrial } from './sample-task.test-support.ts';

/** Keys whose texts come from outside: names, reasons, places. */
const OUTSIDE = new Set(
  'suite task attack run commit branch reasons reason warnings path owner until file judge rule'.split(
    ' ',
  ),
);

/** A comparison in which every text from outside is hostile: names, labels, reasons, and all that agents said and did. */
export function hostileDiff(text = HOSTILE): HeldDiff {
  const plain = sampleDiff();
  const tasks = [...SAMPLE_TASKS, sampleTask({ skip: text, compared: false }, [1, 1], [1, 1])].map(
    (task) => ({
      ...poisoned(task, text),
      agent: { base: task.agent.base && text, head: task.agent.head && `${text}2` },
    }),
  );
  const summary = poisoned({ ...plain.diff.summary, warnings: ['w', 'w'] }, text);
  const labels = { [text]: text };
  const groups = summary.groups.map((group) => ({ ...group, agent: { base: text, head: text } }));
  const side = { agent: text, labels };
  return sampleDiff({
    tasks,
    gate: poisoned({ ...plain.gate, reasons: ['r', 'r'] }, text),
    summary: {
      ...summary,
      base: { ...summary.base, ...side },
      head: { ...summary.head, ...side },
      groups: [...groups, ...groups],
    },
    pair: async (change) => ({
      base: shownTrial(change, 'base', steps(text, 1)),
      head: shownTrial(change, 'head', [...steps(text, 1), ...steps(`${text}!`, 2)]),
    }),
  });
}

function steps(text: string, value: number): Step[] {
  return [
    { type: 'message', role: 'user', content: text },
    { type: 'handoff', from: text, to: text },
    { type: 'tool_call', id: text, tool: text, args: { [text]: value, [`${text}x`]: text } },
    { type: 'approval', id: text, decision: 'approve', by: text, reason: text },
    { type: 'tool_result', id: text, error: { message: text, value } },
    { type: 'message', role: 'assistant', content: [{ type: text, text }] },
  ];
}

/** A copy in which each text under a key of `OUTSIDE` is `text`. */
function poisoned<Value>(value: Value, text: string, key = ''): Value {
  if (typeof value === 'string') return (OUTSIDE.has(key) ? text : value) as Value; // a text for a text
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map((item) => poisoned(item, text, key)) as Value; // as many items
  const entries = Object.entries(value).map(([name, inner]) => [name, poisoned(inner, text, name)]);
  return Object.fromEntries(entries) as Value; // the same keys
}
