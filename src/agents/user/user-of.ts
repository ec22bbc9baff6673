import type { Session } from '../../live/session.ts';
import type { DriveTask } from '../agent.ts';
import type { UserSide } from './user-side.ts';

/** The user of a trial, as its task has it. */
export async function userOf(_setting: unknown, task: DriveTask, _session: Session): Promise<UserSide> {
  let said = false;
  return {
    next: async () => {
      if (said) return null;
      said = true;
      return task.stated.input ?? null;
    },
  };
}
