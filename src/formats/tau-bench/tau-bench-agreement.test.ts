import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { agentKinds } from '../../agents/registry.ts';
import { judges } from '../../judges/registry.ts';
import type { TrialResult } from '../../model/trial-result.ts';
import { realTime } from '../../run/real-time.ts';
import { runSuites } from '../../run/run-suites.ts';
import { passHatK } from '../../stats/pass-at-k.ts';
import { loadSuites } from '../../suite/load-suites.ts';
import { sourceRecords } from '../source-records.ts';
import { suiteYaml } from '../suite-yaml.ts';
import { trajectoryToSuite } from '../trajectory-to-suite.ts';
import { tauBench } from './tau-bench.ts';

/** Published results, where they lie beside the project. */
const data = fileURLToPath(new URL('../../../../shared/data/tau-bench/', import.meta.url));

interface Published {
  task_id: number;
  trial: number;
  pass: boolean;
}

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'agentops-'));
  await writeFile(path.join(folder, 'package.json'), '{}');
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** Imports results and judges them by the suite that was made of them. */
async function evaluated(
  name: string,
  side: { tools: string; optionalWrites?: string },
): Promise<TrialResult[]> {
  const files = Object.entries(side).map(([key, file]) => [key, path.join(data, file)]);
  const draft = trajectoryToSuite((await tauBench.suite?.(Object.fromEntries(files))) ?? null);
  const lines: string[] = [];
  const records = sourceRecords(path.join(data, `${name}.json`));
  for await (const item of tauBench.read(records, { file: `${name}.json`, agent: 'recorded' })) {
    if ('fault' in item) throw new Error(`Line ${item.line}: ${item.fault}`);
    draft.add(item.trajectory, item.origin);
    lines.push(`${JSON.stringify(item.trajectory)}\n`);
  }
  const recording = `./${name}.trajectories.jsonl`;
  const suiteFile = path.join(folder, `${name}.suite.yaml`);
  await writeFile(path.join(folder, recording), lines.join(''));
  await writeFile(suiteFile, suiteYaml(draft.finish({ suite: name, recording })));
  return resultsOf(suiteFile);
}

async function resultsOf(suiteFile: string): Promise<TrialResult[]> {
  const { suites, faults } = await loadSuites([suiteFile], { judges, agents: agentKinds });
  expect(faults).toEqual([]);
  const results: TrialResult[] = [];
  const { summary } = await runSuites(suites, {
    agentKinds,
    selection: {},
    base: path.join(folder, 'runs'),
    concurrency: 4,
    bail: false,
    seed: 0,
    labels: {},
    argv: [],
    version: '0.0.0',
    git: { commit: null, branch: null, dirty: null },
    secrets: {},
    now: () => 0,
    random: Math.random,
    loaderOf: () => async () => {
      throw new Error('No suite here names a function');
    },
    ceilings: {},
    live: {
      ...realTime(),
      environment: {},
      endpoints: null,
      prices: new Map(),
      record: false,
    },
    signal: new AbortController().signal,
    onTrial: (result) => results.push(result),
  });
  expect(summary.warnings).toEqual([]);
  return results;
}

async function publishedOf(name: string): Promise<Published[]> {
  const text = await readFile(path.join(data, `${name}.verdicts.jsonl`), 'utf8');
  return text
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));
}

/** Trials, as task:trial, whose status is not the published one. */
async function disagreements(name: string, results: readonly TrialResult[]): Promise<string[]> {
  const published = await publishedOf(name);
  expect(results).toHaveLength(published.length);
  const statuses = new Map(results.map(({ task, trial, status }) => [`${task}:${trial}`, status]));
  return published.flatMap(({ task_id, trial, pass }) => {
    const key = `${task_id}:${trial + 1}`;
    return statuses.get(key) === (pass ? 'pass' : 'fail') ? [] : [key];
  });
}

/** Mean over the tasks of the chance that k trials all pass. */
function passHat(results: readonly TrialResult[], k: number): number {
  const tasks = new Map<string | null, TrialResult[]>();
  for (const one of results) tasks.set(one.task, [...(tasks.get(one.task) ?? []), one]);
  const chances = [...tasks.values()].map((trials) => {
    const passed = trials.filter(({ status }) => status === 'pass').length;
    return passHatK(trials.length, passed, k);
  });
  return chances.reduce((sum, chance) => sum + chance, 0) / chances.length;
}

describe.skipIf(!existsSync(data))(
  'a suite made of published tau-bench results',
  { timeout: 60_000 },
  () => {
    it('agrees with every verdict of gpt-4o on airline tasks, and with the figures', async () => {
      const name = 'gpt-4o-airline';
      const results = await evaluated(name, { tools: 'airline.tools.json' });
      expect(await disagreements(name, results)).toEqual([]);
      const expected = JSON.parse(await readFile(path.join(data, 'expected.json'), 'utf8'))[name];
      for (const k of [1, 2, 3, 4]) {
        expect(passHat(results, k)).toBeCloseTo(expected[`pass^${k}`], 6);
      }
    });

    it('agrees with all but one verdict of grok-3 on retail tasks', async () => {
      const name = 'grok-3-retail-pr';
      const results = await evaluated(name, { tools: 'retail.tools.json' });
      expect(await disagreements(name, results)).toHaveLength(1);
    });

    it('agrees with all of them where writes that change nothing are optional', async () => {
      const name = 'grok-3-retail-pr';
      const optionalWrites = 'retail.derived-noop-expected-writes.json';
      const results = await evaluated(name, { tools: 'retail.tools.json', optionalWrites });
      expect(await disagreements(name, results)).toEqual([]);
    });

    it('labels each trajectory with the published verdict', async () => {
      for (const name of ['gpt-4o-airline', 'grok-3-retail-pr']) {
        const labels: unknown[] = [];
        const records = sourceRecords(path.join(data, `${name}.json`));
        for await (const item of tauBench.read(records, { file: name, agent: 'recorded' })) {
          if ('trajectory' in item) labels.push(item.trajectory.labels?.['published']);
        }
        const wanted = (await publishedOf(name)).map(({ pass }) => (pass ? 'pass' : 'fail'));
        expect(labels).toEqual(wanted);
      }
    });
  },
);
