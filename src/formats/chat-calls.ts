import { isObject } from '../json/object.ts';
import type { ToolCallStep } from '../model/trajectory.ts';
import { recordFault } from './each-record.ts';
import { kindWords } from './kind-words.ts';
import { parseJson } from './parse-json.ts';

/** The calls that an assistant message makes; those made together share `parallel`. Throws `input_fault`. */
export function callsOf(
  message: Readonly<Record<string, unknown>>,
  parallel: string,
): ToolCallStep[] {
  const { tool_calls: listed, function_call: legacy } = message;
  if (listed !== undefined && listed !== null && !Array.isArray(listed)) {
    throw recordFault(`Its tool_calls is ${kindWords(listed)}, expected a list`);
  }
  const calls = (listed ?? []).map(callStep);
  if (isObject(legacy)) {
    const call = functionCall(legacy, null);
    // Some servers give the same call in both forms
    if (!calls.some(({ tool }: ToolCallStep) => tool === call.tool)) calls.push(call);
  } else if (legacy !== undefined && legacy !== null) {
    throw recordFault(`Its function_call is ${kindWords(legacy)}, expected an object`);
  }
  return calls.length > 1 ? calls.map((call: ToolCallStep) => ({ ...call, parallel })) : calls;
}

function callStep(call: unknown, index: number): ToolCallStep {
  if (!isObject(call)) {
    throw recordFault(`Its tool call ${index} is ${kindWords(call)}, expected an object`);
  }
  const { id, function: called, custom } = call;
  if (id !== undefined && id !== null && typeof id !== 'string' && typeof id !== 'number') {
    throw recordFault(`The id of its tool call ${index} is ${kindWords(id)}, expected a text`);
  }
  const name = id === undefined || id === null ? null : String(id);
  if (isObject(called)) return functionCall(called, name);
  if (isObject(custom) && typeof custom['name'] === 'string') {
    return { type: 'tool_call', id: name, tool: custom['name'], ...inputOf(custom['input']) };
  }
  throw recordFault(`Its tool call ${index} names no function`);
}

function functionCall(called: Record<string, unknown>, id: string | null): ToolCallStep {
  const { name, arguments: given } = called;
  if (typeof name !== 'string') {
    throw recordFault(`The name of a called function is ${kindWords(name)}, expected a text`);
  }
  return { type: 'tool_call', id, tool: name, ...argumentsOf(given) };
}

type Arguments = Pick<ToolCallStep, 'args' | 'args_missing' | 'args_raw'>;

/** Arguments as a value; why there are none is said, never `{}`. */
function argumentsOf(given: unknown): Arguments {
  if (given === undefined || given === null) return { args_missing: 'not_captured' };
  if (typeof given !== 'string') return { args: given };
  const parsed = parseJson(given);
  return 'value' in parsed
    ? { args: parsed.value }
    : { args_missing: 'unparsable', args_raw: given };
}

/** The input of a custom tool is free text. */
function inputOf(input: unknown): Arguments {
  return input === undefined || input === null ? { args_missing: 'not_captured' } : { args: input };
}
