import { AgentopsError } from '../../errors.ts';
import { canonicalJson } from '../../json/canonical.ts';
import { isObject } from '../../json/object.ts';
import type { MessageStep, Step, ToolCallStep, ToolResultStep } from '../../model/trajectory.ts';
import { callsOf } from '../chat-calls.ts';
import { contentOf, resultOf } from '../chat-content.ts';
import { recordFault } from '../each-record.ts';
import { kindWords } from '../kind-words.ts';

type Message = Readonly<Record<string, unknown>>;

/** A call that no message has answered yet, with the id that its source gave it. */
interface Open {
  readonly source: string;
  readonly call: ToolCallStep;
}

interface Building {
  readonly steps: Step[];
  readonly open: Open[];
  readonly ids: Set<string>;
}

/** The steps of a run. Calls get ids of their own where the source repeats or lacks them. Throws `input_fault`, naming the message. */
export function agentDojoSteps(messages: readonly unknown[]): Step[] {
  const state: Building = { steps: [], open: [], ids: new Set() };
  for (const [index, message] of messages.entries()) {
    if (!isObject(message)) {
      throw recordFault(`Message ${index} is ${kindWords(message)}, expected an object`);
    }
    try {
      addMessage(state, message);
    } catch (thrown) {
      if (!(thrown instanceof AgentopsError)) throw thrown;
      throw recordFault(`Message ${index}: ${thrown.message}`);
    }
  }
  return state.steps;
}

function addMessage(state: Building, message: Message): void {
  const { role } = message;
  if (role === 'tool') addResult(state, message);
  else if (role === 'system' || role === 'user') state.steps.push(spoken(message, role));
  else if (role === 'assistant') addAssistant(state, message);
  else {
    const roles = 'system, user, assistant or tool';
    throw recordFault(`Its role is ${kindWords(role)}, expected ${roles}`);
  }
}

function addAssistant(state: Building, message: Message): void {
  const calls = callsIn(message['tool_calls']);
  const said = spoken(message, 'assistant');
  const isEmpty = said.content === null || said.content.length === 0;
  if (!isEmpty || calls.length === 0) state.steps.push(said);
  for (const call of calls) addCall(state, call);
}

/** The calls of a message. They run one after the other, so they share no `parallel`. */
function callsIn(listed: unknown): ToolCallStep[] {
  const called = Array.isArray(listed) ? listed.map(asFunction) : listed;
  return callsOf({ tool_calls: called }, '').map(({ parallel: _, ...call }) => call);
}

/** A call of AgentDojo in the shape of chat completions. */
function asFunction(call: unknown): unknown {
  if (!isObject(call) || typeof call['function'] !== 'string') return call;
  return { id: call['id'], function: { name: call['function'], arguments: call['args'] } };
}

function addCall({ steps, open, ids }: Building, call: ToolCallStep): void {
  const source = call.id ?? '';
  let id = source;
  for (let number = steps.length; id === '' || ids.has(id); number++) id = `call-${number}`;
  ids.add(id);
  const own = { ...call, id };
  steps.push(own);
  open.push({ source, call: own });
}

/** A message of a tool carries the call that it answers: that tells calls without ids apart, and one that no message of the assistant shows. */
function addResult(state: Building, message: Message): void {
  const [told] = callsIn(isObject(message['tool_call']) ? [message['tool_call']] : []);
  const source = nameOf(message['tool_call_id']) ?? told?.id ?? '';
  let found = answered(state.open, source, told);
  if (!found && told) {
    addCall(state, { ...told, id: source, origin: 'inferred' });
    found = state.open.at(-1);
  }
  if (found) state.open.splice(state.open.indexOf(found), 1);
  const id = found?.call.id ?? (source === '' ? null : source);
  state.steps.push(resultStep(message, id, found?.call.tool));
}

function nameOf(id: unknown): string | null {
  return typeof id === 'string' || typeof id === 'number' ? String(id) : null;
}

/** The earliest open call of that id; of several, or without ids, one of that tool, if possible with those arguments. */
function answered(
  open: readonly Open[],
  source: string,
  told: ToolCallStep | undefined,
): Open | undefined {
  const named = open.filter((one) => one.source === source);
  if (!told) return named[0] ?? (source === '' ? open[0] : undefined);
  const isOfTool = ({ call }: Open) => call.tool === told.tool;
  const unnamed = () => open.filter((one) => one.source === '' || source === '');
  const ofTool = named.some(isOfTool) ? named.filter(isOfTool) : unnamed().filter(isOfTool);
  if (ofTool.length < 2) return ofTool[0];
  const args = canonicalJson(told.args);
  return ofTool.find(({ call }) => canonicalJson(call.args) === args) ?? ofTool[0];
}

function resultStep(message: Message, id: string | null, tool: string | undefined): ToolResultStep {
  const { error, content } = message;
  const answers = { type: 'tool_result' as const, id, ...(tool !== undefined && { tool }) };
  const failed = error !== undefined && error !== null && error !== '';
  if (!failed) return { ...answers, result: resultOf(plainParts(content)) };
  return { ...answers, error: isObject(error) ? error : { message: error } };
}

function spoken(message: Message, role: MessageStep['role']): MessageStep {
  return { type: 'message', role, content: contentOf({ content: plainParts(message['content']) }) };
}

/** Parts of AgentDojo hold their text as `content`; text alone is given as such. */
function plainParts(content: unknown): unknown {
  if (!Array.isArray(content)) return content;
  const parts = content.map(plainPart);
  const texts = parts.map((part) => (isObject(part) && part['type'] === 'text' ? part['text'] : 0));
  return texts.every((text) => typeof text === 'string') ? texts.join('\n') : parts;
}

function plainPart(part: unknown): unknown {
  if (typeof part === 'string') return { type: 'text', text: part };
  if (!isObject(part) || typeof part['content'] !== 'string' || 'text' in part) return part;
  const { content, type, ...others } = part;
  return { type: type === 'thinking' ? 'reasoning' : type, ...others, text: content };
}
