import { isObject } from '../../json/object.ts';
import type { MessageStep, Step, ToolCallStep, ToolResultStep } from '../../model/trajectory.ts';
import { type Losses, lose } from './adk-losses.ts';

/** One turn as an invocation of ADK: what the user said, calls with their responses, what was said on the way and in the end. */
export function exportedTurn(steps: readonly Step[], turn: number, losses: Losses): unknown {
  const [user, ...rest] = steps as [MessageStep, ...Step[]]; // a turn begins with it
  const { uses, responses } = exportedCalls(rest, turn, losses);
  const said = rest.filter(isMessage).filter(({ content }) => isSaid(content, losses));
  const lastCall = rest.findLastIndex(({ type }) => type === 'tool_call');
  const lastDoing = rest.findLastIndex(({ type }) => type !== 'message');
  const early = rest.slice(0, lastDoing + 1).filter(isMessage);
  lose(losses, 'places of messages before calls and results', early.length);
  const isAnswered = lastCall < rest.findLastIndex(isMessage);
  const final = isAnswered ? said.at(-1) : undefined;
  const between = said.filter((message) => message !== final);
  isSaid(user.content, losses);
  return {
    invocation_id: `turn-${turn}`,
    user_content: { role: 'user', parts: partsOf(user.content, losses) },
    final_response: final ? { role: 'model', parts: partsOf(final.content, losses) } : null,
    intermediate_data: {
      tool_uses: uses,
      tool_responses: responses,
      intermediate_responses: between.map(({ content }) => ['', partsOf(content, losses)]),
    },
  };
}

function isMessage(step: Step): step is MessageStep {
  return step.type === 'message';
}

function isSaid(content: MessageStep['content'], losses: Losses): boolean {
  const empty = content === null || (Array.isArray(content) && content.length === 0);
  if (empty) lose(losses, 'messages without content');
  return !empty;
}

/** Parts of a content; those that are no text cannot be held. */
function partsOf(content: MessageStep['content'], losses: Losses): unknown[] {
  if (typeof content === 'string') return [{ text: content }];
  return (content ?? []).map((part) => {
    const { type, text, ...rest } = part;
    const isPlain = type === 'text' && text !== undefined && Object.keys(rest).length === 0;
    const isThought = type === 'reasoning' && text !== undefined && Object.keys(rest).length === 0;
    if (isPlain) return { text };
    if (isThought) return { text, thought: true };
    lose(losses, 'parts of content that are not plain text');
    return { text: text ?? `[${type}]` };
  });
}

/** Calls in their order, each with an id, and what they came back with. */
function exportedCalls(steps: readonly Step[], turn: number, losses: Losses) {
  const open: { call: ToolCallStep; id: string }[] = [];
  const uses: unknown[] = [];
  const answers = new Map<string, unknown>();
  const ids: string[] = [];
  for (const step of steps) {
    if (step.type === 'tool_call') {
      const call = step as ToolCallStep; // by its type
      const id = freeId(call, ids, turn, losses);
      ids.push(id);
      open.push({ call, id });
      uses.push({ id, name: call.tool, args: exportedArgs(call, losses) });
    }
    if (step.type !== 'tool_result') continue;
    const result = step as ToolResultStep; // by its type
    const at = open.findIndex(({ call }) =>
      result.id ? call.id === result.id : call.tool === result.tool,
    );
    const [answered] = at < 0 ? [] : open.splice(at, 1);
    if (answered === undefined) lose(losses, 'results of calls of another turn, or of none');
    else {
      const { id, call } = answered;
      if (id !== ids.at(-1)) lose(losses, 'places of results behind later calls');
      answers.set(id, { id, name: call.tool, response: exportedResult(result, losses) });
    }
  }
  return { uses, responses: ids.flatMap((id) => answers.get(id) ?? []) };
}

/** The id of a call, or one that is made up: ADK pairs calls and responses by it. */
function freeId(
  { id }: ToolCallStep,
  taken: readonly string[],
  turn: number,
  losses: Losses,
): string {
  if (id && !taken.includes(id)) return id;
  if (id) lose(losses, 'ids that were used twice in a turn');
  let number = taken.length + 1;
  while (taken.includes(`turn-${turn}-call-${number}`)) number++;
  return `turn-${turn}-call-${number}`;
}

function exportedArgs({ args }: ToolCallStep, losses: Losses): unknown {
  if (isObject(args)) return args;
  lose(losses, args === undefined ? 'calls without arguments' : 'arguments that are no object');
  return null;
}

/** ADK holds an object: anything else stands under `result`, an error under `error`. */
function exportedResult({ result, error, blocked }: ToolResultStep, losses: Losses): unknown {
  const isBlocked = blocked !== undefined && blocked !== null && blocked !== false;
  if (isBlocked) {
    lose(losses, 'blocked calls');
    return { error: { blocked } };
  }
  if (error !== undefined && error !== null) {
    lose(losses, 'errors of tools');
    return { error };
  }
  if (isObject(result)) return result;
  lose(losses, 'results that are no object, put under "result"');
  return { result: result ?? null };
}
