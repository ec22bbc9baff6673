import { mkdir, mkdtemp, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { onTestFinished } from 'vitest';
import * as z from 'zod';
import {
  matcherSchema,
  orderedElementsSchema,
  requiringPatternSchema,
  selectingPatternSchema,
} from '../match/schema.ts';
import type { Fault } from '../model/suite.ts';
import { chosen } from './chosen.ts';
import type { KeyPath, PatternAt, SuiteKinds } from './kinds.ts';
import { limitsSchema } from './limits-schema.ts';
import { type LoadedSuites, type LoadOptions, loadSuites } from './load-suites.ts';

/** Small registries, so that loading is tested apart from the judges and agents that there are. */
export const testKinds: SuiteKinds = {
  judges: [
    {
      key: 'calls',
      words: 'Calls',
      schema: z.strictObject({ in_order: orderedElementsSchema.optional() }),
      patterns: (value) =>
        patternsIn((value as { in_order?: unknown[] }).in_order ?? [], ['in_order']),
      oddities: (value) =>
        (value as { in_order?: unknown[] }).in_order?.length === 0
          ? [{ path: ['in_order'], message: 'An empty in_order forbids nothing' }]
          : [],
    },
    {
      key: 'never',
      words: 'Never',
      schema: z.array(selectingPatternSchema).min(1),
      patterns: (value) => patternsIn(value as unknown[], []),
    },
    {
      key: 'last',
      words: 'Last',
      schema: z.strictObject({ of: selectingPatternSchema, is: requiringPatternSchema }),
    },
    { key: 'answer', words: 'Answer', schema: matcherSchema },
    { key: 'stop', words: 'Stop', schema: matcherSchema },
    { key: 'limits', words: 'Limits', schema: limitsSchema },
    {
      key: 'check',
      words: 'Check',
      schema: z.string(),
      files: (value) => [{ path: [], file: String(value).replace(/#.*/, '') }],
    },
    { key: 'world', words: 'World', schema: z.unknown() },
    { key: 'not', words: 'Not', schema: z.array(z.unknown()) },
  ],
  agents: [
    {
      key: 'replay',
      words: 'Replay',
      replays: true,
      schema: chosen(
        (value) => (typeof value === 'string' ? 0 : 1),
        z.string(),
        z.strictObject({ file: z.string(), agent: z.string() }),
      ),
      files: (value) => [{ path: [], file: String(value) }],
    },
    { key: 'module', words: 'Module', schema: z.string() },
  ],
};

function patternsIn(patterns: readonly unknown[], path: KeyPath): PatternAt[] {
  return patterns.map((pattern, index) => ({ path: [...path, index], pattern }));
}

/** A folder of files that lasts as long as the test. */
export interface TestProject {
  folder: string;
  load(files?: readonly string[], options?: LoadOptions): Promise<LoadedSuites>;
}

/** Writes files into a new folder; unless they hold a mark of a project, its root is the folder of the suite. */
export async function testProject(
  files: Readonly<Record<string, string | Uint8Array>>,
): Promise<TestProject> {
  const folder = await realpath(await mkdtemp(path.join(tmpdir(), 'suite-')));
  onTestFinished(() => rm(folder, { recursive: true }));
  for (const [name, content] of Object.entries(files)) {
    const file = path.join(folder, name);
    await mkdir(path.dirname(file), { recursive: true });
    await writeFile(file, content);
  }
  return {
    folder,
    load: (names = ['shop.suite.yaml'], options) =>
      loadSuites(
        names.map((name) => path.join(folder, name)),
        testKinds,
        options,
      ),
  };
}

/** Loads one suite from its text, with a recording beside it. */
export async function loadText(
  text: string,
  files: Readonly<Record<string, string | Uint8Array>> = {},
): Promise<LoadedSuites> {
  const project = await testProject({ 'r.jsonl': '', 'shop.suite.yaml': text, ...files });
  return project.load();
}

/** A suite with these lines for the expectation of its only task, or with other tasks or more keys. */
export function suiteText({ expect = '{ answer: Done }', tasks = '', more = '' } = {}): string {
  const head = `suite: shop\nagents: { recorded: { replay: ./r.jsonl } }\n${more}`;
  return `${head}tasks:\n${tasks || `  - id: refund\n    expect: ${expect}\n`}`;
}

/** Faults as lines: `line:column path: message`. */
export function lines(faults: readonly Fault[]): string[] {
  return faults.map(({ line, column, path: at, message, severity }) => {
    const mark = severity === 'warning' ? 'warning: ' : '';
    return `${line}:${column} ${at}: ${mark}${message}`;
  });
}
