import { AgentopsError } from '../errors.ts';
import type { Step, Trajectory } from '../model/trajectory.ts';
import type { DriveEnd } from './agent.ts';

/** Everything that a recorded trajectory says beside its names, keys that nobody knows too; `record` is its line, where it is kept as it is. */
export function recordedEnd(trajectory: Trajectory, record?: string): DriveEnd {
  const {
    schema_version: _v,
    suite: _s,
    task: _t,
    agent: _a,
    trial: _n,
    attack: _k,
    steps,
    ...end
  } = trajectory;
  const all = steps as Step[]; // the schema of the record
  const fault = faultOf(end);
  return { end, steps: all, ...(fault && { fault }), ...(record !== undefined && { record }) };
}

/** What went wrong while a live trial was recorded: it is no more the agent's failure now than it was then. */
function faultOf({ stop, fault }: Partial<Trajectory>): Error | null {
  return stop === null && typeof fault === 'string'
    ? new AgentopsError('input_fault', fault)
    : null;
}
