import { scriptedUser } from './scripted-user.ts';
import type { UserSide } from './user-side.ts';

/** A user who asks once and says no more; nothing at all where there is no input. */
export function singleInput(input: unknown): UserSide {
  return scriptedUser(input === undefined ? [] : [{ user: input }]);
}
