import { isObject } from '../../json/object.ts';
import type { MessageStep, ModelStep, Step, ToolCallStep } from '../../model/trajectory.ts';
import { recordFault } from '../each-record.ts';
import { kindWords } from '../kind-words.ts';
import { parseJson } from '../parse-json.ts';
import type { BfclRecord } from './bfcl-record.ts';
import { toolNameOf } from './bfcl-tools.ts';
import { type PythonCall, pythonCalls } from './python-calls.ts';

type Said = ToolCallStep | MessageStep;

/** The steps of a result: an exchange with the model, then the calls or the text that came of it. Throws `input_fault`. */
export function bfclSteps(record: BfclRecord): Step[] {
  const { result } = record;
  const turns = Array.isArray(result) && result.length > 0 && result.every(Array.isArray);
  if (!turns) return exchange(result, 'result', record, []);
  return result.flatMap((steps: unknown[], turn) =>
    steps.flatMap((step, index) =>
      exchange(step, `result[${turn}][${index}]`, record, [turn, index]).map((made) => ({
        ...made,
        turn: turn + 1,
      })),
    ),
  );
}

/** What one exchange gave. */
function exchange(
  given: unknown,
  path: string,
  record: BfclRecord,
  place: readonly number[],
): Step[] {
  const said = saidIn(given, path);
  const calls = said.filter(({ type }) => type === 'tool_call').length;
  const parallel = `m${place.map((index) => index + 1).join('.') || 1}`;
  const after = place.length === 0 ? secondsOf(record.latency) : {};
  return [modelStep(record, place), ...said].map((step) => ({
    ...step,
    ...(step.type === 'tool_call' && calls > 1 && { parallel }),
    ...after,
  }));
}

function secondsOf(latency: unknown): { at_ms?: number } {
  const after = typeof latency === 'number' ? Math.round(latency * 1000) : -1;
  return after >= 0 && Number.isFinite(after) ? { at_ms: after } : {};
}

function modelStep(record: BfclRecord, place: readonly number[]): ModelStep {
  const input = countAt(record.input_token_count, place);
  const output = countAt(record.output_token_count, place);
  if (input === null && output === null) return { type: 'model' };
  const usage = {
    ...(input !== null && { input_tokens: input }),
    ...(output !== null && { output_tokens: output }),
  };
  return { type: 'model', usage };
}

/** The count of one exchange; null where only that of several is known. */
function countAt(counts: unknown, place: readonly number[]): number | null {
  const count = place.reduce((list, at) => (Array.isArray(list) ? list[at] : null), counts);
  return typeof count === 'number' && count >= 0 && Number.isFinite(count) ? count : null;
}

function saidIn(given: unknown, path: string): Said[] {
  if (typeof given === 'string') return textSteps(given);
  if (Array.isArray(given)) return given.map((item, index) => itemStep(item, `${path}[${index}]`));
  throw recordFault(`Its "${path}" is ${kindWords(given)}, expected calls or a text`);
}

/** Models without calls of their own write them in Python; any other text is what was said. */
function textSteps(text: string): Said[] {
  const calls = pythonCalls(text);
  return calls ? calls.map(writtenCall) : [message(text)];
}

function message(content: string): MessageStep {
  return { type: 'message', role: 'assistant', content };
}

function writtenCall({ name, named, positional, text }: PythonCall): ToolCallStep {
  const call = { type: 'tool_call', tool: toolNameOf(name) } as const;
  if (positional.length === 0) return { ...call, args: named };
  return { ...call, args_missing: 'unparsable', args_raw: text }; // which they are, only its schema tells
}

function itemStep(item: unknown, path: string): Said {
  if (typeof item === 'string') return message(item);
  const entries = isObject(item) ? Object.entries(item) : [];
  const [entry] = entries;
  if (entry === undefined || entries.length > 1) {
    const found = entries.length > 1 ? `an object of ${entries.length} keys` : kindWords(item);
    throw recordFault(`Its "${path}" is ${found}, expected { name: arguments } or a text`);
  }
  const [name, given] = entry;
  return { type: 'tool_call', tool: toolNameOf(name), ...argumentsOf(given) };
}

function argumentsOf(given: unknown): Pick<ToolCallStep, 'args' | 'args_missing' | 'args_raw'> {
  if (given === null) return { args_missing: 'not_captured' };
  if (typeof given !== 'string') return { args: given };
  const parsed = parseJson(given);
  if ('value' in parsed) return { args: parsed.value };
  return { args_missing: 'unparsable', args_raw: given };
}
