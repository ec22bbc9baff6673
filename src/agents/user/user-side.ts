import type { Step } from '../../model/trajectory.ts';

/** The user of a trial: says one thing after the other until there is nothing more to say. */
export interface UserSide {
  /** What the user says next, null when the conversation is over. Throws `model_fault` where a simulated user is at fault: the trial is then an error. */
  next(steps: readonly Step[], signal: AbortSignal): Promise<unknown>;
}
