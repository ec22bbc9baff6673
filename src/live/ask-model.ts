import { AgentopsError } from '../errors.ts';
import { dialects } from '../llm/dialects/dialects.ts';
import type {
  HandedResult,
  ModelReply,
  ModelRequest,
  ModelTurn,
  RequestedCall,
} from '../model/exchange.ts';
import type { ModelStep, ToolCallStep } from '../model/trajectory.ts';
import { faulted, freeId } from './call-tool.ts';
import { takeOwnAnswer } from './own-answer.ts';
import { meantTool } from './requested-calls.ts';
import type { SessionState } from './session-state.ts';

/** Counts what an exchange cost; where a ceiling needs a cost that is not known, the trial is an error. */
function charge(
  state: SessionState,
  cost: number | null,
  { model, why }: { readonly model: string; readonly why: string },
): void {
  if (cost !== null) state.options.spend?.(cost);
  else if (state.holdsCost()) {
    const message = `Cannot hold a ceiling on cost: what ${model} costs is not known, ${why}`;
    state.halt({ kind: 'fault', error: new AgentopsError('model_fault', message) });
  }
}

/** Records what an agent tells of a turn of its model, which counts for ceilings like one that was seen. */
export function takeToldTurn(state: SessionState, step: ModelStep): void {
  if (state.halted !== null) return;
  state.add(step);
  const cost = typeof step.cost_usd === 'number' ? step.cost_usd : null;
  charge(state, cost, {
    model: step.model ?? 'a model',
    why: 'the agent told neither it nor tokens that have a price',
  });
}

/** Asks the model of a trial and records what came of it. Throws `RefusedRequest` where the body is no request, `TrialHalted` where a ceiling forbids it or the answer goes above one, or no model can be asked. */
export async function askModel(state: SessionState, request: ModelRequest): Promise<ModelReply> {
  state.touched = true;
  state.throwIfHalted();
  const codec = dialects[request.dialect];
  const facts = codec.readRequest(request.body);
  for (const handed of facts.results) takeHanded(state, handed);
  state.throwIfHalted();
  refuseTurn(state);
  const reply = await replyTo(state, request);
  state.throwIfHalted();
  if (reply.status !== 200) {
    state.add({ type: 'x-model-refusal', status: reply.status, model: facts.model });
    state.throwIfHalted();
    return reply;
  }
  recordTurn(
    state,
    turnOf(state, () => codec.readReply(reply.body)),
    reply,
  );
  state.throwIfHalted();
  return reply;
}

/** What a model did; an answer that is none makes the trial an error. */
function turnOf(state: SessionState, read: () => ModelTurn): ModelTurn {
  try {
    return read();
  } catch (thrown) {
    throw faulted(state, thrown);
  }
}

/** Halts before the turn that a ceiling forbids: it would cost something. */
function refuseTurn(state: SessionState): void {
  const most = state.options.ceilings['turns'];
  if (most !== undefined && state.watch.models() + state.asking >= most) {
    const reason = `The agent asked its model once more after the ceiling of ${most} turns`;
    state.halt({ kind: 'limit', limit: 'turns', reason });
  }
  state.throwIfHalted();
}

async function replyTo(state: SessionState, request: ModelRequest): Promise<ModelReply> {
  const { options, key, signal } = state;
  const { task, trial } = options.trial;
  const waited = (ms: number) => state.wait(ms);
  const interrupted = () => state.halted?.kind === 'interrupted';
  state.asking++;
  try {
    return await options.source.ask(request, { task, trial, key, signal, waited, interrupted });
  } catch (thrown) {
    throw faulted(state, thrown);
  } finally {
    state.asking--;
  }
}

function recordTurn(state: SessionState, turn: ModelTurn, reply: ModelReply): void {
  const { model, say, calls, usage } = turn;
  const cost = reply.cost_usd ?? (usage ? state.options.costOf(model, usage) : null);
  state.add({
    type: 'model',
    model,
    ...(usage && { usage: { ...usage } }),
    ...(cost !== null && { cost_usd: cost }),
  });
  charge(state, cost, { model, why: usage ? 'it has no price' : 'its endpoint told no tokens' });
  if (state.settling) return; // nobody was there to hear what it said, or to call what it asked for
  if (say !== null && say !== '') {
    state.add({ type: 'message', role: 'assistant', content: say });
  }
  const parallel = calls.length > 1 ? `m${state.watch.turns()}` : undefined;
  for (const call of calls) recordRequested(state, call, parallel);
}

function recordRequested(
  state: SessionState,
  { id, tool: asked, args, argsRaw, hosted }: RequestedCall,
  parallel: string | undefined,
): void {
  const tool = hosted ? asked : meantTool(asked, state.options.tools);
  const step: ToolCallStep = {
    type: 'tool_call',
    id: freeId(state, id),
    tool,
    ...(tool !== asked && { requested_tool: asked }),
    ...(hosted && { hosted }),
    ...(args === undefined ? { args_missing: 'unparsable', args_raw: argsRaw ?? '' } : { args }),
    ...(parallel !== undefined && { parallel }),
  };
  state.openIds.add(step.id ?? '');
  if (!hosted) state.requested.add(step, id); // nobody here answers what the endpoint ran itself
  state.add(step);
}

/** A result that the agent hands back of a call that no endpoint of ours answered: the agent, or its framework, did. */
function takeHanded(state: SessionState, { id, content, isError }: HandedResult): void {
  const step = state.requested.takeId(id);
  if (!step) return;
  takeOwnAnswer(
    state,
    step,
    isError ? { error: { message: textOf(content) } } : { result: content },
  );
}

function textOf(content: unknown): string {
  return typeof content === 'string' ? content : JSON.stringify(content);
}
