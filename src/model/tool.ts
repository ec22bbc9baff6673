import * as z from 'zod';

/** What a tool does to the world; `irreversible` is also a write. */
export const Effect = z.enum(['read', 'write', 'irreversible']);
export type Effect = z.infer<typeof Effect>;

/** A declared tool: what it takes and what it does. */
export const Tool = z.strictObject({
  description: z.string().optional().describe('What the tool is for'),
  input: z.record(z.string(), z.unknown()).optional().describe('JSON Schema of its arguments'),
  effect: Effect.optional().describe(
    'What it does to the world; undeclared counts as every effect',
  ),
  external: z.boolean().optional().describe('true: what it is given leaves the house'),
  trusted: z.boolean().optional().describe('false: its results carry text that strangers wrote'),
  mock: z.unknown().optional().describe('Scripted answers'),
});
export type Tool = z.infer<typeof Tool>;

/** Tools by name, a null-prototype object. */
export type Tools = Readonly<Record<string, Tool>>;
