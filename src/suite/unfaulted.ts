import type * as z from 'zod';

/** Words of a rule about a map as a whole, which says nothing where a fault in it may be why it is broken. */
export function unfaulted(message: string): {
  error: string;
  when: (payload: z.core.ParsePayload) => boolean;
} {
  return { error: message, when: ({ issues }) => issues.length === 0 };
}
