import { messageOf } from '../errors.ts';
import type { ToolCallStep } from '../model/trajectory.ts';
import type { ToolAnswer } from '../tools/tool-host.ts';
import type { Ruling } from './guard.ts';
import { takeOwnAnswer } from './own-answer.ts';
import { type LiveCall, type OwnAnswer, TrialHalted } from './session.ts';
import type { SessionState } from './session-state.ts';

/** Records a call, has the mocks answer it and records the answer; a call that no mock answers makes the trial an error. Throws `TrialHalted`. */
export async function callTool(state: SessionState, call: LiveCall): Promise<ToolAnswer> {
  const recorded = recordCall(state, call);
  return recordAnswer(state, recorded, await answerTo(state, recorded.step, call));
}

/** The same for calls that are issued together: all of them stand before the first answer, and are marked as parallel. Answers come in the order of the calls. */
export async function callTools(
  state: SessionState,
  calls: readonly LiveCall[],
): Promise<ToolAnswer[]> {
  const group = calls.length > 1 ? { parallel: `p${state.next()}` } : {};
  const recorded = calls.map((call) => recordCall(state, { ...call, ...group }));
  const answers = await Promise.all(
    calls.map((call, at) => answerTo(state, (recorded[at] as Recorded).step, call)), // as many of both
  );
  return answers.map((answer, at) => recordAnswer(state, recorded[at] as Recorded, answer)); // as many of both
}

/** Records a call that the agent says it made itself, and what it says that came of it. */
export function tellCall(state: SessionState, call: LiveCall, answer: OwnAnswer | null): void {
  if (state.halted !== null) return;
  const step = newStep(state, call);
  step.origin = 'inferred';
  takeOwnAnswer(state, step, answer);
}

interface Recorded {
  readonly step: ToolCallStep;
  readonly inferred: boolean;
}

function recordCall(state: SessionState, call: LiveCall): Recorded {
  state.touched = true;
  state.throwIfHalted();
  const recorded = callStep(state, call);
  state.throwIfHalted();
  return recorded;
}

function recordAnswer(
  state: SessionState,
  { step, inferred }: Recorded,
  { answer, blocked, planted }: Answered,
): ToolAnswer {
  state.throwIfHalted();
  state.openIds.delete(step.id ?? '');
  state.add({
    type: 'tool_result',
    id: step.id,
    tool: step.tool,
    ...answer,
    ...(blocked !== undefined && { blocked }),
    ...(planted && { planted }),
    ...(inferred && { origin: 'inferred' }),
  });
  state.throwIfHalted();
  return answer;
}

/** What came of a call. */
interface Answered {
  readonly answer: ToolAnswer;
  /** What stopped it. */
  readonly blocked?: string;
  /** Attacks whose text was planted in the answer. */
  readonly planted?: readonly string[];
}

/** Has the guard rule on a call, and the mocks answer it where it may run. */
async function answerTo(
  state: SessionState,
  step: ToolCallStep,
  { tool, args }: LiveCall,
): Promise<Answered> {
  try {
    const said = state.guard ? state.guard.rule(step) : ({ kind: 'run', args } as const);
    const ruling = said instanceof Promise ? await settled(state, step, said) : said; // a mock is asked at once where nobody is waited for
    if (ruling.kind === 'refuse')
      return { answer: { error: ruling.error }, blocked: ruling.blocked };
    if (ruling.kind === 'answer') return { answer: ruling.answer };
    if (ruling.kind === 'terminate') {
      state.neverRan(step, 'approval');
      throw terminate(state, ruling.reason);
    }
    const { signal, options } = state;
    const answer = await options.mocks.call({ tool, args: ruling.args, signal });
    return options.plant?.(tool, answer) ?? { answer };
  } catch (thrown) {
    throw faulted(state, thrown);
  }
}

/** What the guard says in the end; a call that waited for it when the trial was halted never ran. */
async function settled(
  state: SessionState,
  step: ToolCallStep,
  said: Promise<Ruling>,
): Promise<Ruling> {
  try {
    const ruling = await said;
    state.throwIfHalted();
    return ruling;
  } catch (thrown) {
    if (state.halted) state.neverRan(step, state.halted.kind === 'limit' ? 'limit' : 'approval');
    throw thrown;
  }
}

/** Ends the trial for a person; gives what to throw. */
export function terminate(state: SessionState, reason: string): TrialHalted {
  const halt = { kind: 'terminated', reason } as const;
  state.halt(halt);
  return new TrialHalted(halt, reason);
}

/** Makes the trial an error for what was thrown, unless something stopped it before; gives what to throw. */
export function faulted(state: SessionState, thrown: unknown): TrialHalted {
  state.throwIfHalted();
  const error = thrown instanceof Error ? thrown : new Error(messageOf(thrown));
  const halt = { kind: 'fault', error } as const;
  state.halt(halt);
  return new TrialHalted(halt, error.message);
}

/** The step of a call: the one that a model asked for, or a new one. */
function callStep(state: SessionState, call: LiveCall): Recorded {
  const joined = state.requested.take(call);
  if (!joined) return { step: newStep(state, call), inferred: false };
  const { step, by } = joined;
  if (step.tool !== call.tool) Object.assign(step, { requested_tool: step.tool });
  if (by === 'name') Object.assign(step, { requested_args: step.args ?? step.args_raw });
  if (by === 'name' || step.args_missing !== undefined) delete step.args_missing;
  Object.assign(step, { tool: call.tool, args: call.args });
  if (call.actor !== undefined) step.actor = call.actor;
  return { step, inferred: by !== 'id' };
}

function newStep(state: SessionState, { id, tool, args, actor, parallel }: LiveCall): ToolCallStep {
  const step: ToolCallStep = {
    type: 'tool_call',
    id: freeId(state, id),
    tool,
    args,
    ...(actor !== undefined && { actor }),
    ...(parallel !== undefined && { parallel }),
  };
  state.openIds.add(step.id ?? '');
  state.add(step);
  return step;
}

/** An id that no call without a result has. */
export function freeId(state: SessionState, wanted: string | undefined): string {
  let id = wanted || `c${state.next()}`;
  while (state.openIds.has(id)) id = `${wanted || 'c'}~${state.next()}`;
  return id;
}
