import { randomBytes } from 'node:crypto';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { agentKinds } from '../agents/registry.ts';
import { AgentopsError } from '../errors.ts';
import { judges } from '../judges/registry.ts';
import { pricesOf } from '../llm/prices.ts';
import type { Suite } from '../model/suite.ts';
import { openStoredRun, type StoredRun } from '../store/stored-run.ts';
import { loadSuites } from '../suite/load-suites.ts';
import { functionLoader } from './load-function.ts';
import { realTime } from './real-time.ts';
import type { LiveOptions, RunOptions } from './run-options.ts';
import { runSuites } from './run-suites.ts';

/** Loads one suite file with all that it names. Throws `AgentopsError` (`suite_fault`) that names every fault with its place. */
export async function loadSuite(file: string): Promise<Suite> {
  const { suites, faults } = await loadSuites([file], { judges, agents: agentKinds });
  const wrong = faults.filter(({ severity }) => severity === 'error');
  const [suite] = suites;
  if (suite && wrong.length === 0) return suite;
  const lines = wrong.map(
    (one) => `${one.file}:${one.line}:${one.column}: ${one.path}: ${one.message}`,
  );
  throw new AgentopsError('suite_fault', `Cannot load suite "${file}":\n${lines.join('\n')}`);
}

/** Settings of a run from code; each has a default. */
export interface RunSuiteOptions
  extends Partial<
    Pick<
      RunOptions,
      | 'selection'
      | 'base'
      | 'concurrency'
      | 'bail'
      | 'seed'
      | 'labels'
      | 'ceilings'
      | 'signal'
      | 'judge'
    >
  > {
  /** Variables for agents and endpoints, such as `process.env`; none unless given. */
  readonly environment?: LiveOptions['environment'];
}

/** Runs a suite and gives the stored run with its summary and gate; it is kept in a temporary folder unless `base` names one. Runs the code that the suite names. */
export async function runSuite(suite: Suite, options: RunSuiteOptions = {}): Promise<StoredRun> {
  const { dir } = await runSuites([suite], {
    agentKinds,
    selection: {},
    base: options.base ?? (await mkdtemp(path.join(tmpdir(), 'agentops-'))),
    concurrency: 4,
    bail: false,
    seed: 0,
    labels: {},
    argv: [],
    version: __AGENTOPS_VERSION__,
    git: { commit: null, branch: null, dirty: null },
    secrets: {},
    now: Date.now,
    random: () => randomBytes(4).readUInt32BE() / 2 ** 32,
    loaderOf: ({ file }) => functionLoader(path.dirname(file)),
    signal: new AbortController().signal,
    ceilings: {},
    live: {
      ...realTime(),
      environment: options.environment ?? {},
      endpoints: null,
      prices: pricesOf(__AGENTOPS_PRICES__),
      record: false,
    },
    ...options,
  });
  return openStoredRun(dir);
}
