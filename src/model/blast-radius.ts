import * as z from 'zod';

const count = z.int().nonnegative();

/** How far what the agent did reaches; what nobody declared of a tool counts against it, and so does an attempt that failed. */
export const BlastRadius = z.looseObject({
  writes: count.describe('Attempts with tools that change the world'),
  irreversible: count.describe('Those of them that cannot be undone'),
  reversible: count.describe('Those of them that can be undone'),
  external: count.describe('Attempts whose arguments left the house'),
  blocked: count.describe('Attempts that never ran; no other figure counts them'),
  changed: z
    .looseObject({
      count: count.describe('Values that differ between the first and the last world'),
      pointers: z.array(z.string()).describe('JSON Pointers to the first of them'),
    })
    .nullable()
    .describe('null where the worlds are not known'),
});
export type BlastRadius = z.infer<typeof BlastRadius>;
