import { isUtf8 } from 'node:buffer';
import { AgentopsError, messageOf } from '../errors.ts';
import { type Line, readLines } from '../io/line-reader.ts';
import { canonicalJson } from '../json/canonical.ts';
import { callText } from './mock-fault.ts';
import { type RecordedCall, recordedCalls } from './recorded-line.ts';
import type { ToolAnswer } from './tool-host.ts';

/** Answers of one tool by canonical arguments, then by number of the call with those arguments. */
export type RecordedAnswers = ReadonlyMap<string, ReadonlyMap<number, ToolAnswer>>;

/** Answers by tool. */
type Answers = Map<string, Map<string, Map<number, ToolAnswer>>>;

/** Reads the recorded answers of some tools: lines of calls, or trajectories, of which the first that has a call counts. Throws `input_fault` that names the line, or `disk_fault`. */
export async function readRecording(
  file: string,
  written: string,
  tools: ReadonlySet<string>,
): Promise<ReadonlyMap<string, RecordedAnswers>> {
  const answers: Answers = new Map([...tools].map((tool) => [tool, new Map()]));
  for await (const lines of readLines(file)) {
    for (const line of lines) {
      if (line.blank) continue;
      try {
        addLine(answers, textOf(line));
      } catch (thrown) {
        const message = `Cannot read "${written}" line ${line.number}: ${messageOf(thrown)}`;
        throw new AgentopsError('input_fault', message, { cause: thrown });
      }
    }
  }
  return answers;
}

function textOf({ buffer }: Line): string {
  if (buffer === null) throw new AgentopsError('input_fault', 'it is longer than 64 MiB');
  if (!isUtf8(buffer)) throw new AgentopsError('input_fault', 'it is not UTF-8');
  return buffer.toString('utf8');
}

function addLine(answers: Answers, text: string): void {
  const { kind, calls } = recordedCalls(text);
  const counts = new Map<string, number>();
  for (const call of calls) {
    const ofTool = answers.get(call.tool);
    if (!ofTool) continue;
    const key = canonicalJson(call.args);
    const known = ofTool.get(key) ?? new Map<number, ToolAnswer>();
    ofTool.set(key, known);
    if (kind === 'call') addCall(known, call);
    else {
      const name = `${call.tool}\n${key}`;
      const nth = (counts.get(name) ?? 0) + 1;
      counts.set(name, nth);
      if (!known.has(nth)) known.set(nth, call.answer);
    }
  }
}

function addCall(known: Map<number, ToolAnswer>, { tool, args, nth, answer }: RecordedCall): void {
  const number = nth ?? known.size + 1;
  if (known.has(number)) {
    const message = `call ${number} of ${callText(tool, args)} is recorded twice`;
    throw new AgentopsError('input_fault', message);
  }
  known.set(number, answer);
}
