import * as z from 'zod';
import { chosen } from '../suite/chosen.ts';
import { name, text } from '../suite/text-schema.ts';

const program = z.array(text).min(1);

const Full = z.strictObject({
  run: program.describe('The program and its arguments'),
  protocol: z
    .enum(['lines', 'none'])
    .optional()
    .describe('lines: JSON lines on stdin and stdout; none: the answer is what it prints'),
  prompt: z
    .enum(['stdin', 'argument'])
    .optional()
    .describe('Without a protocol: how it is given the input'),
  env: z.array(name).optional().describe('Names of variables that it is given'),
  cwd: text.optional().describe('Folder that it is started in; temp for a fresh one'),
});

/** A program as suites write it. */
export const commandSchema = chosen(
  (value) => (Array.isArray(value) ? 0 : 1),
  program,
  Full.refine(({ protocol, prompt }) => prompt === undefined || protocol === 'none', {
    error: 'prompt belongs to protocol: none; with lines the input comes in the first message',
    path: ['prompt'],
  }),
);

/** How a program is started and spoken to. */
export interface CommandConfig {
  readonly run: readonly string[];
  readonly protocol: 'lines' | 'none';
  readonly prompt: 'stdin' | 'argument';
  readonly env: readonly string[];
  /** Path relative to the suite, or `temp`; the folder of the suite unless given. */
  readonly cwd?: string;
}

/** Reads a validated value. */
export function commandConfig(value: unknown): CommandConfig {
  const given = Array.isArray(value) ? { run: value as string[] } : (value as z.infer<typeof Full>); // validated
  const {
    run,
    protocol = 'lines',
    prompt = 'stdin',
    env = [],
    cwd,
  } = given as z.infer<typeof Full>;
  return { run, protocol, prompt, env, ...(cwd !== undefined && { cwd }) };
}
