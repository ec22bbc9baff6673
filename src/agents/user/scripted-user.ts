import type { UserSide } from './user-side.ts';

/** A user who says what is written, turn by turn, whatever the agent answers. */
export function scriptedUser(turns: readonly { readonly user: unknown }[]): UserSide {
  let said = 0;
  return {
    next: async () => {
      const turn = turns[said];
      if (!turn) return null;
      said++;
      return turn.user;
    },
  };
}
