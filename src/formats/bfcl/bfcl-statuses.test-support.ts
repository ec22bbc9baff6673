import { mkdtemp } from 'node:fs/promises';
import path from 'node:path';
import { expect } from 'vitest';
import { agentKinds } from '../../agents/registry.ts';
import { judges } from '../../judges/registry.ts';
import { runSuites } from '../../run/run-suites.ts';
import { loadSuites } from '../../suite/load-suites.ts';
import type { SideFiles } from '../format.ts';
import { importFiles } from '../import-files.ts';
import { writeSuite } from '../write-suite.ts';

/** Status of each task. */
export type Statuses = ReadonlyMap<string, string>;

/** Imports results and judges them by the suite that was made of them, in a folder of a project. */
export async function statusesOf(
  folder: string,
  results: string,
  side: SideFiles,
): Promise<Statuses> {
  const file = path.join(await mkdtemp(path.join(folder, 'run-')), 'bfcl.suite.yaml');
  const onFault = (fault: unknown) => expect.fail(JSON.stringify(fault));
  await writeSuite(importFiles([results]), { file, side, onFault });
  const { suites, faults, unbuilt } = await loadSuites([file], { judges, agents: agentKinds });
  expect([...faults, ...unbuilt]).toEqual([]);
  const statuses = new Map<string, string>();
  await runSuites(suites, {
    agentKinds,
    selection: {},
    base: path.join(folder, 'runs'),
    concurrency: 2,
    bail: false,
    seed: 0,
    labels: {},
    argv: [],
    version: '0.0.0',
    git: { commit: null, branch: null, dirty: null },
    secrets: {},
    now: () => 0,
    random: Math.random,
    loaderOf: () => () => expect.fail('No suite here names a function'),
    signal: new AbortController().signal,
    onTrial: ({ task, status }) => statuses.set(String(task), status),
  });
  return statuses;
}
