import * as z from 'zod';
import { isObject } from '../json/object.ts';
import { agentSchema } from './agent-schema.ts';
import { chosen } from './chosen.ts';
import { expectSchema } from './expect-schema.ts';
import { type FormatKeys, formatKeys } from './format-keys.ts';
import { gateSchema } from './gate-schema.ts';
import type { SuiteKinds } from './kinds.ts';
import { limitsSchema, passSchema, trialsSchema } from './limits-schema.ts';
import { mapOf } from './map-of.ts';
import { optionalKeys } from './optional-keys.ts';
import { quarantineSchema } from './quarantine-schema.ts';
import { got, missing } from './schema-message.ts';
import { taskSchema } from './task-schema.ts';
import { fileOr, filePath, name } from './text-schema.ts';
import { toolsSchema } from './tool-schema.ts';

/** The schemas that a suite and the files it is made of are validated with. */
export interface SuiteSchemas {
  /** A suite file as a whole. */
  readonly suite: z.ZodType;
  /** The same with tasks that are not looked into. */
  readonly head: z.ZodType;
  readonly task: z.ZodType;
  readonly expect: z.ZodType;
  readonly tools: z.ZodType;
  readonly keys: FormatKeys;
}

/** Composes the schema of suite files from the registries. */
export function suiteSchema(kinds: SuiteKinds): z.ZodType {
  return suiteSchemas(kinds).suite;
}

/** Composes every schema that loading needs from the registries. */
export function suiteSchemas(kinds: SuiteKinds): SuiteSchemas {
  const expect = expectSchema(kinds.judges);
  const keys = formatKeys(kinds, expect);
  const task = taskSchema(expect, keys.at('task'));
  const tools = toolsSchema(optionalKeys(keys.at('tool')));
  const shape = headShape(kinds, { expect, tools, keys });
  return {
    suite: z.strictObject({ ...shape, tasks: tasksSchema(task) }),
    head: z.strictObject({ ...shape, tasks: tasksSchema(z.unknown()) }),
    task,
    expect,
    tools,
    keys,
  };
}

function headShape(
  kinds: SuiteKinds,
  { expect, tools, keys }: Pick<SuiteSchemas, 'expect' | 'tools' | 'keys'>,
): Record<string, z.ZodType> {
  const unbuiltKinds = keys.unbuilt('kind');
  const agent = agentSchema([...kinds.agents, ...unbuiltKinds], keys.at('agent'));
  const agents = mapOf(agent, name).refine((value) => Object.keys(value as object).length > 0, {
    error: 'Expected at least one agent',
  });
  return {
    suite: name.describe('Names the suite, once in a run'),
    description: z.string().optional().describe('What the suite is for'),
    agents: agents.describe('What is tested, by name; exactly one kind key each'),
    tools: fileOr(tools)
      .optional()
      .describe('Tools by name, or the path of a file that holds them'),
    limits: limitsSchema.optional().describe('Ceilings of each trial'),
    trials: trialsSchema.optional().describe('Trials per task, 1 unless given'),
    pass: passSchema.optional().describe('How many trials of a task must pass, all unless given'),
    expect: fileOr(expect).optional().describe('What must hold for every task'),
    gate: gateSchema.optional().describe('What makes the run pass; every task passes unless given'),
    quarantine: quarantineSchema
      .optional()
      .describe('Tasks that leave the count of the gate for a time, by id'),
    ...optionalKeys(keys.at('suite')),
  };
}

function tasksSchema(task: z.ZodType): z.ZodType {
  return chosen(
    (value) => {
      if (Array.isArray(value)) return 0;
      const wanted = 'a list of tasks or { from: ./tasks.jsonl }';
      if (value === undefined) return `${missing('tasks')}, expected ${wanted}`;
      return isObject(value) ? 1 : `Expected ${wanted}, ${got(value)}`;
    },
    z.array(task).min(1, { error: 'Expected at least one task: an empty suite never passes' }),
    z.strictObject({
      from: filePath
        .regex(/\.jsonl$/, { error: 'Expected the path of a .jsonl file, one task a line' })
        .describe('JSONL file, one task a line'),
    }),
  ).describe('The tasks, or { from: ./tasks.jsonl }');
}
