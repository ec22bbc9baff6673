import type { ModelStep, Step } from '../model/trajectory.ts';
import { askModel } from './ask-model.ts';
import { callTool } from './call-tool.ts';
import type { Used } from './ceilings.ts';
import { countCost } from './count-cost.ts';
import type { Session } from './session.ts';
import { type SessionOptions, SessionState } from './session-state.ts';

/** A session with what only its driver may do. */
export interface OpenSession extends Session {
  /** A copy of the world as it is now. Throws `mock_fault` where it is not JSON. */
  world(): Record<string, unknown>;
  /** Ceilings of which four fifths or more are used. */
  near(): Used[];
  /** Stops taking steps and lets go of its timers. */
  close(): void;
}

const NEARLY = 0.8;

/** A step that the agent tells; an exchange with a model that went past us costs no less. */
function recordTold(state: SessionState, step: Step): void {
  state.add(step);
  if (step.type !== 'model') return;
  const cost = (step as ModelStep).cost_usd ?? null; // the tag says so
  countCost(
    state,
    cost,
    'the agent told of costs is not known, it gave no cost and no price holds',
  );
}

/** Opens the session of one trial. Its methods throw `TrialHalted` once it is stopped. */
export function openSession(options: SessionOptions): OpenSession {
  const state = new SessionState(options);
  return {
    trial: options.trial,
    tools: options.tools,
    steps: state.steps,
    signal: state.signal,
    halted: () => state.halted,
    touched: () => state.touched,
    clock: () => state.clock(),
    record: (step) => recordTold(state, step),
    callTool: (call) => callTool(state, call),
    askModel: (request) => askModel(state, request),
    waited: (ms) => state.wait(ms),
    fault: (error) => state.halt({ kind: 'fault', error }),
    world: () => options.mocks.world,
    near: () => state.watch.near(NEARLY),
    close: () => state.close(),
  };
}
