import * as z from 'zod';
import { chosen } from './chosen.ts';
import { fileOr, text } from './text-schema.ts';

const WANTED = 'what the user says: text or data';

/** Builds the schema of a scripted conversation: texts, or turns with what must hold after each. */
export function conversationSchema(expect: z.ZodType): z.ZodType {
  const turn = z.strictObject({
    user: z
      .unknown()
      .refine((value) => value !== undefined && value !== null && value !== '', {
        error: `Expected ${WANTED}`,
      })
      .describe('What the user says; text or data'),
    expect: fileOr(expect)
      .optional()
      .describe('What must hold of this turn, or the path of a file that says it'),
  });
  return z
    .array(chosen((value) => (typeof value === 'string' ? 0 : 1), text, turn))
    .min(1, { error: 'Expected at least one turn' });
}
