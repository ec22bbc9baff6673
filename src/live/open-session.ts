import type { ModelStep } from '../model/trajectory.ts';
import { askModel, takeToldTurn } from './ask-model.ts';
import { callTool, callTools, tellCall } from './call-tool.ts';
import type { Used } from './ceilings.ts';
import { requestApproval } from './request-approval.ts';
import type { Session } from './session.ts';
import { type SessionOptions, SessionState } from './session-state.ts';

/** A session with what only its driver may do. */
export interface OpenSession extends Session {
  /** A copy of the world as it is now. Throws `mock_fault` where it is not JSON. */
  world(): Record<string, unknown>;
  /** Ceilings of which four fifths or more are used. */
  near(): Used[];
  /** Waits a little for calls and model requests that the agent began and did not wait for. */
  settle(): Promise<void>;
  /** Stops taking steps, ends what is under way and lets go of its timers. */
  close(): void;
}

const NEARLY = 0.8;

/** Opens the session of one trial. Its methods throw `TrialHalted` once it is stopped. */
export function openSession(options: SessionOptions): OpenSession {
  const state = new SessionState(options);
  return {
    trial: options.trial,
    tools: options.tools,
    approvalTool: state.guard?.approvalTool ?? null,
    steps: state.steps,
    signal: state.signal,
    halted: () => state.halted,
    touched: () => state.touched,
    record: (step) =>
      step.type === 'model' ? takeToldTurn(state, step as ModelStep) : state.add(step), // the tag says so
    callTool: (call) => state.track(callTool(state, call)),
    callTools: (calls) => state.track(callTools(state, calls)),
    tellCall: (call, answer) => tellCall(state, call, answer),
    requestApproval: (request) => state.track(requestApproval(state, request)),
    askModel: (request) => state.track(askModel(state, request)),
    track: (work) => state.track(work),
    settle: () => state.settle(),
    waited: (ms) => state.wait(ms),
    fault: (error) => state.halt({ kind: 'fault', error }),
    world: () => options.mocks.world,
    near: () => state.watch.near(NEARLY),
    close: () => state.close(),
  };
}
