import { isObject } from '../json/object.ts';
import type { CallStatus } from '../model/status.ts';
import type { ApprovalStep, Step, ToolCallStep, ToolResultStep } from '../model/trajectory.ts';
import { didYouMean } from './nearest-name.ts';
import { ABSENT, NOT_KNOWN } from './tri.ts';

/** One attempt to use a tool, with what came of it. */
export interface Call {
  /** Index of the call among the trajectory's steps. */
  readonly step: number;
  readonly tool: string;
  readonly id: string;
  /** Arguments that it ran with, or `NOT_KNOWN`. */
  args: unknown;
  /** Arguments that the agent asked for, or `NOT_KNOWN`. */
  readonly asked: unknown;
  readonly actor: string | undefined;
  readonly parallel: string | undefined;
  status: CallStatus;
  /** What the tool answered, `ABSENT` where it did not, `NOT_KNOWN` where that is not told. */
  result: unknown;
  error: unknown;
  /** Index of the result's step, `NO_RESULT` while there is none. */
  resultStep: number;
  /** Index of the last decision about it before its result, `NO_APPROVAL` while there is none. */
  approval: number;
}

/** Stands for the step of a result that never came: later than any, and a small integer, which costs no memory of its own. */
export const NO_RESULT = 2 ** 30 - 1;

/** Stands for the step of a decision that nobody took. */
export const NO_APPROVAL = -1;

/** Calls in the order in which they were made, and what is wrong with their pairing. */
export interface PairedCalls {
  readonly calls: readonly Call[];
  /** Some of them were made by the user. */
  readonly ofUser: boolean;
  /** Why the trial cannot be judged, null where nothing is wrong. */
  readonly fault: string | null;
}

interface Pairing {
  calls: Call[];
  ofUser: boolean;
  /** Every call before this index has its result. */
  head: number;
  /** Unanswered calls by id, kept once there are too many to look through. */
  byId: Map<string, Call> | null;
  /** Calls by tool in their order, kept likewise, for results that name nothing else. */
  byTool: Map<string, Line> | null;
  /** What was decided about the next call of an id. */
  coming: Map<string, Decided> | null;
  fault: string | null;
}

/** Calls of one tool; each before the head has its result. */
interface Line {
  readonly calls: Call[];
  head: number;
}

/** The last decision about a call that is yet to be made, and the arguments that it is to run with where one changed them. */
interface Decided {
  readonly step: number;
  readonly args: unknown;
}

/** Unanswered calls that are looked through one by one; beyond that they are kept by id. */
const FEW = 32;

/** Pairs calls with results and approvals by the rules of a trajectory record. */
export function pairCalls(steps: readonly Step[]): PairedCalls {
  const state: Pairing = {
    calls: [],
    ofUser: false,
    head: 0,
    byId: null,
    byTool: null,
    coming: null,
    fault: null,
  };
  for (let index = 0; index < steps.length && state.fault === null; index++) {
    const step = steps[index] as Step | null; // index < length; code in JavaScript may give anything
    if (step === null) state.fault = `Step ${index} is null, expected an object`;
    else if (step.type === 'tool_call') addCall(state, step as ToolCallStep, index);
    else if (step.type === 'tool_result') addResult(state, step as ToolResultStep, index);
    else if (step.type === 'approval') addApproval(state, step as ApprovalStep, index);
    else if (!OTHERS.has(step.type) && !isExtra(step)) state.fault = unknownType(step, index);
  }
  return state;
}

/** Step types that have no part in pairing. */
const OTHERS: ReadonlySet<string> = new Set(['message', 'model', 'handoff']);

function isExtra(step: Step): boolean {
  return typeof step.type === 'string' && step.type.startsWith('x-');
}

/** A misspelt type must not look like an agent that called nothing. */
function unknownType(step: Step, index: number): string {
  const known = ['tool_call', 'tool_result', 'approval', ...OTHERS];
  return `Step ${index} has the unknown type "${step.type}": ${didYouMean(String(step.type), known)}`;
}

function addCall(state: Pairing, step: ToolCallStep, index: number): void {
  const id = step.id ?? '';
  if (id !== '' && openWithId(state, id)) {
    state.fault = `Step ${index} calls ${step.tool} with the id "${id}" of a call that has no result yet`;
    return;
  }
  if (step.args === undefined && step.args_missing === undefined) {
    state.fault = `Step ${index} calls ${step.tool} with neither args nor args_missing`;
    return;
  }
  const asked = step.args_missing === undefined ? step.args : NOT_KNOWN;
  const call: Call = {
    step: index,
    tool: step.tool,
    id,
    args: asked,
    asked,
    actor: step.actor,
    parallel: step.parallel,
    status: 'unknown',
    result: NOT_KNOWN,
    error: NOT_KNOWN,
    resultStep: NO_RESULT,
    approval: NO_APPROVAL,
  };
  if (state.coming) takeDecision(call, state.coming);
  state.calls.push(call);
  if (call.actor === 'user') state.ofUser = true;
  if (id !== '') state.byId?.set(id, call);
  if (state.byTool) addToLine(state.byTool, call);
}

function openWithId(state: Pairing, id: string): Call | undefined {
  if (!state.byId && state.calls.length - state.head > FEW) {
    const open = state.calls.slice(state.head).filter(isOpen);
    state.byId = new Map(open.map((call) => [call.id, call]));
  }
  if (state.byId) return state.byId.get(id);
  for (let at = state.head; at < state.calls.length; at++) {
    const call = state.calls[at] as Call; // at < length
    if (call.id === id && isOpen(call)) return call;
  }
  return undefined;
}

function isOpen(call: Call): boolean {
  return call.resultStep === NO_RESULT;
}

function addApproval(state: Pairing, step: ApprovalStep, index: number): void {
  const id = step.id ?? '';
  if (id === '') return;
  const args = step.decision === 'modify' ? step.args : undefined;
  const call = openWithId(state, id);
  if (call) {
    call.approval = index;
    if (args !== undefined) call.args = args;
    return;
  }
  state.coming ??= new Map();
  state.coming.set(id, { step: index, args: args ?? state.coming.get(id)?.args });
}

function takeDecision(call: Call, coming: Map<string, Decided>): void {
  const decided = coming.get(call.id);
  if (!decided) return;
  call.approval = decided.step;
  if (decided.args !== undefined) call.args = decided.args;
  coming.delete(call.id);
}

function addResult(state: Pairing, step: ToolResultStep, index: number): void {
  const id = step.id ?? '';
  const call = id === '' ? earliestOpen(state, step.tool) : openWithId(state, id);
  if (!call) {
    const named = id === '' ? '' : ` with the id "${id}"`;
    state.fault = `Step ${index} is a result${named} that no call awaits`;
    return;
  }
  call.resultStep = index;
  state.byId?.delete(call.id);
  settle(call, step);
  while (state.head < state.calls.length && !isOpen(state.calls[state.head] as Call)) state.head++; // head < length
}

function earliestOpen(state: Pairing, tool: string | null | undefined): Call | undefined {
  if (!tool) return state.calls[state.head];
  const open = state.calls.length - state.head > FEW ? lineOf(state, tool) : null;
  const { calls, head } = open ?? state;
  for (let at = head; at < calls.length; at++) {
    const call = calls[at] as Call; // at < length
    if (open) open.head = at;
    if (isOpen(call) && call.tool === tool) return call;
  }
  return undefined;
}

/** The calls of a tool: an open call of another one must not have all behind it looked through again and again. */
function lineOf(state: Pairing, tool: string): Line {
  if (!state.byTool) {
    const made = new Map<string, Line>();
    for (const call of state.calls.slice(state.head)) addToLine(made, call);
    state.byTool = made;
  }
  return state.byTool.get(tool) ?? { calls: [], head: 0 };
}

function addToLine(byTool: Map<string, Line>, call: Call): void {
  const known = byTool.get(call.tool);
  if (known) known.calls.push(call);
  else byTool.set(call.tool, { calls: [call], head: 0 });
}

function settle(call: Call, step: ToolResultStep): void {
  const { error, blocked } = step;
  if (blocked === '' || (blocked && (step.result ?? null) !== null)) return; // it says nothing, or both: it may have run
  if (blocked !== undefined && blocked !== null && blocked !== false) {
    call.status = 'blocked';
    call.result = ABSENT;
    call.error = error ?? ABSENT;
  } else if (error !== undefined && error !== null) {
    if (isObject(error) && error['unknown'] === true) return;
    call.status = 'failed';
    call.result = step.result === undefined ? ABSENT : step.result;
    call.error = typeof error === 'string' ? { message: error } : error;
  } else {
    call.status = 'ok';
    call.result = step.result === undefined ? null : step.result;
    call.error = ABSENT;
  }
}
