import * as z from 'zod';

/** What a tool does to the world; `irreversible` is also a write. */
export const Effect = z.enum(['read', 'write', 'irreversible']);
export type Effect = z.infer<typeof Effect>;

/** The longest delay of a mock, in milliseconds: as long as a timer can wait. */
const LONGEST_DELAY = 2 ** 31 - 1;

/** The error that a mocked tool answers with. */
export const MockError = z
  .strictObject({
    code: z.string().min(1).optional().describe('Code of the error'),
    message: z.string().min(1).optional().describe('Message of the error'),
  })
  .refine(({ code, message }) => code !== undefined || message !== undefined, {
    error: 'Expected code, message or both',
  });
export type MockError = z.infer<typeof MockError>;

/** One scripted answer; without `result` and `error` it is null. */
export const MockEntry = z.strictObject({
  uses: z.int().positive().optional().describe('How often it answers; always unless given'),
  when: z.unknown().optional().describe('Arguments that it answers; all unless given'),
  result: z.unknown().optional().describe('What the tool answers'),
  error: MockError.optional().describe('The error that the tool answers with'),
  delay_ms: z
    .number()
    .nonnegative()
    .max(LONGEST_DELAY)
    .optional()
    .describe('Milliseconds before it answers'),
});
export type MockEntry = z.infer<typeof MockEntry>;

const written = z.string().describe('The path as the suite has it');

/** How a tool is mocked, with absolute paths. */
export const Mock = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('entries'), entries: z.array(MockEntry) }),
  z.strictObject({
    kind: z.literal('function'),
    reference: z.string().describe('Absolute path and the name of what is exported'),
    written,
  }),
  z.strictObject({ kind: z.literal('recording'), file: z.string(), written }),
  z.strictObject({ kind: z.literal('agent') }).describe('The agent runs it itself'),
]);
export type Mock = z.infer<typeof Mock>;

/** A declared tool: what it takes and what it does. */
export const Tool = z.strictObject({
  description: z.string().optional().describe('What the tool is for'),
  input: z.record(z.string(), z.unknown()).optional().describe('JSON Schema of its arguments'),
  effect: Effect.optional().describe(
    'What it does to the world; undeclared counts as every effect',
  ),
  external: z.boolean().optional().describe('true: what it is given leaves the house'),
  trusted: z.boolean().optional().describe('false: its results carry text that strangers wrote'),
  mock: Mock.optional().describe('Scripted answers'),
});
export type Tool = z.infer<typeof Tool>;

/** Tools by name, a null-prototype object. */
export type Tools = Readonly<Record<string, Tool>>;
