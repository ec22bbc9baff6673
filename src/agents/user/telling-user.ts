import type { UserSide } from './user-side.ts';

/** A user who adds a line to the first thing that is said, data turned into its JSON for that; unchanged where there is no line. */
export function tellingUser(user: UserSide, line: string | null): UserSide {
  let waiting = line;
  if (waiting === null) return user;
  return {
    next: async (steps, signal) => {
      const said = await user.next(steps, signal);
      if (said === null || waiting === null) return said;
      const text = typeof said === 'string' ? said : JSON.stringify(said);
      const whole = `${text}\n\n${waiting}`;
      waiting = null;
      return whole;
    },
  };
}
