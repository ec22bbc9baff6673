import type { Step, ToolCallStep } from '../model/trajectory.ts';
import { askModel } from './ask-model.ts';
import { callTool } from './call-tool.ts';
import { type Used, watchCeilings } from './ceilings.ts';
import { requestedCalls } from './requested-calls.ts';
import { type Halt, type Session, TrialHalted } from './session.ts';
import type { SessionOptions, SessionState } from './session-state.ts';

/** A session with what only its driver may do. */
export interface OpenSession extends Session {
  /** The world as it is now. */
  world(): Record<string, unknown>;
  /** Ceilings of which four fifths or more are used. */
  near(): Used[];
  /** Stops taking steps and lets go of its timers. */
  close(): void;
}

const NEARLY = 0.8;
/** The longest that a timer of Node can wait. */
const LONGEST_MS = 2 ** 31 - 1;

/** Opens the session of one trial. Its methods throw `TrialHalted` once it is stopped. */
export function openSession(options: SessionOptions): OpenSession {
  const { trial, tools, mocks, ceilings, now, signal } = options;
  const steps: Step[] = [];
  const watch = watchCeilings(ceilings);
  const abort = new AbortController();
  const started = now();
  let [halted, closed, touched, numbers]: [Halt | null, boolean, boolean, number] = [
    null,
    false,
    false,
    0,
  ];
  const clock = () => now() - started - state.waitedMs;
  const state: SessionState = {
    options,
    requested: requestedCalls(),
    openIds: new Set(),
    waitedMs: 0,
    asking: 0,
    turns: () => watch.turns(),
    signal: abort.signal,
    key: {},
    next: () => ++numbers,
    halt: (halt) => {
      if (halted !== null || closed) return;
      halted = halt;
      abort.abort(new TrialHalted(halt, wordsOf(halt)));
    },
    throwIfHalted: () => {
      if (halted !== null) throw new TrialHalted(halted, wordsOf(halted));
      if (closed) throw new TrialHalted({ kind: 'interrupted' }, 'The trial has ended');
    },
    add: (step) => {
      if (halted !== null || closed) return;
      Object.assign(step, { at_ms: Math.round(clock()) });
      steps.push(step);
      const over = watch.add(step);
      if (!over) return;
      if (step.type === 'tool_call') steps.push(refusalOf(step as ToolCallStep)); // the tag says so
      state.halt(overHalt(over));
    },
  };
  const interrupt = () => state.halt({ kind: 'interrupted' });
  if (signal.aborted) interrupt();
  else signal.addEventListener('abort', interrupt, { once: true });
  const stopTimer = holdSeconds(state, ceilings['seconds'], clock);
  return {
    trial,
    tools,
    steps,
    signal: abort.signal,
    halted: () => halted,
    clock,
    record: state.add,
    touched: () => touched,
    callTool: (call) => {
      touched = true;
      return callTool(state, call);
    },
    askModel: (request) => {
      touched = true;
      return askModel(state, request);
    },
    waited: (ms) => {
      state.waitedMs += ms;
    },
    fault: (error) => state.halt({ kind: 'fault', error }),
    world: () => mocks.world,
    near: () => watch.near(NEARLY),
    close: () => {
      closed = true;
      stopTimer();
      signal.removeEventListener('abort', interrupt);
    },
  };
}

function wordsOf(halt: Halt): string {
  if (halt.kind === 'fault') return halt.error.message;
  return halt.kind === 'limit' ? halt.reason : 'The run was interrupted';
}

/** The call that went above a ceiling never ran. */
function refusalOf({ id, tool, at_ms }: ToolCallStep): Step {
  return { type: 'tool_result', id, tool, blocked: 'limit', at_ms };
}

function overHalt({ ceiling, used, most }: Used): Halt {
  const reason = `${ceiling} ${Number(used.toPrecision(6))} is above the ceiling of ${most}`;
  return { kind: 'limit', limit: ceiling, reason };
}

/** Halts when the seconds are over; waits for rate limits put that off. */
function holdSeconds(
  state: SessionState,
  seconds: number | undefined,
  clock: () => number,
): () => void {
  if (seconds === undefined) return () => undefined;
  const most = seconds * 1000;
  let cancel = () => undefined as void;
  const wait = () => {
    const left = most - clock();
    if (left > 0) cancel = state.options.after(Math.min(left, LONGEST_MS), wait);
    else {
      const reason = `The agent was not done after the ceiling of ${seconds} seconds`;
      state.halt({ kind: 'limit', limit: 'seconds', reason });
    }
  };
  wait();
  return () => cancel();
}
