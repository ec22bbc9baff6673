import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import * as z from 'zod';
import type { AgentKind, DriveEnd, DriveTask, OpenAgent } from '../agents/agent.ts';
import { pricesOf } from '../llm/prices.ts';
import { judgeSpec } from '../model/judge-spec.test-support.ts';
import type { JudgeDetails, JudgeSpec } from '../model/llm-judge.ts';
import type { Suite, Task } from '../model/suite.ts';
import type { TrialResult } from '../model/trial-result.ts';
import type { Outcome } from '../model/verdict.ts';
import type { OpenDesk } from '../panel/open-desk.ts';
import { openStoredRun, type StoredRun } from '../store/stored-run.ts';
import type { RunOptions } from './run-options.ts';
import { runSuites } from './run-suites.ts';

const at = { file: '/house/shop.suite.yaml', line: 1, column: 1 };

/** A judge of answers, asked once. */
export const POLITE: JudgeSpec = judgeSpec({
  ...{ name: 'polite', models: ['small-judge'], answers: { pass: 'Polite', fail: 'Rude' } },
  rubric: { text: 'Is it polite?', name: null, version: null, source: null },
});

/** A task that asks the judge. */
export function taskOf(id: string, more: Partial<Task> = {}): Task {
  const expect = { judge: { polite: { is: ['pass'] } } };
  return { id, tags: [], input: 'Hello', expect, prefer: {}, weights: {}, at, ...more };
}

/** A suite whose one agent greets, and whose judge is asked about it. */
export function politeSuite(tasks: readonly Task[], more: Partial<Suite> = {}): Suite {
  return {
    name: 'shop',
    file: '/house/shop.suite.yaml',
    root: '/house',
    digest: 'd1',
    agents: [{ name: 'greeter', kind: 'greeting', config: null, at }],
    tools: null,
    expect: {},
    judges: { polite: POLITE },
    gate: null,
    tasks,
    ...more,
  };
}

/** Agents that say hello; `drive` is told of each trial, and waited for. */
export function greeting(
  drive: (task: DriveTask) => Promise<void> | void,
  more: Partial<DriveEnd> = {},
  unreadable: OpenAgent['unreadable'] = [],
): AgentKind {
  return {
    key: 'greeting',
    words: 'Says hello',
    schema: z.unknown(),
    open: async () => ({
      isLive: true,
      drive: async (task) => {
        await drive(task);
        const steps = [{ type: 'message' as const, role: 'assistant' as const, content: 'Hello' }];
        return { end: { stop: 'completed' as const }, steps, ...more };
      },
      prepare: async () => undefined,
      recorded: () => null,
      unreadableTrials: () => [],
      unreadable,
      source: 'greetings.jsonl',
      leftOver: () => [],
      recordings: {},
      close: () => undefined,
    }),
  };
}

/** What a judge says, with details. */
export function saying(
  status: Outcome['status'],
  details: Partial<JudgeDetails> = {},
  reason = 'Said so',
): Outcome {
  const score = status === 'error' ? null : Number(status === 'pass');
  const whole: JudgeDetails = {
    judge: 'polite',
    wanted: { is: ['pass'] },
    agree: 'majority',
    answer: status === 'error' ? null : status,
    holds: status === 'error' ? null : status === 'pass',
    ballots: [],
    ...details,
  };
  return { status, score, reason, evidence: [], details: whole };
}

/** A desk with one answer for all. */
export function deskSaying(judge: OpenDesk['judge']): OpenDesk {
  return { needsCalls: () => false, judge, canaries: () => new Map() };
}

/** Surroundings in which no time passes. */
export const QUIET: RunOptions['live'] = {
  environment: {},
  endpoints: null,
  prices: pricesOf(),
  record: false,
  clock: () => 0,
  after: () => () => undefined,
  patience: { sleep: async () => undefined, random: () => 0, now: () => 0 },
};

/** Runs suites in a folder of their own. */
export async function runJudged(
  suites: readonly Suite[],
  options: Partial<RunOptions> & Pick<RunOptions, 'agentKinds'>,
): Promise<StoredRun> {
  const base = await mkdtemp(path.join(tmpdir(), 'agentops-judged-'));
  let ids = 0;
  const { dir } = await runSuites(suites, {
    ...{ selection: {}, base, concurrency: 2, bail: false, seed: 0, labels: {}, argv: [] },
    ...{ version: '0', git: { commit: null, branch: null, dirty: null }, secrets: {} },
    now: () => 0,
    random: () => ++ids / 1000,
    loaderOf: () => () => Promise.reject(new Error('There is no code')),
    ceilings: {},
    live: QUIET,
    signal: new AbortController().signal,
    ...options,
  });
  return openStoredRun(dir);
}

/** The results of a run, in plan order. */
export async function resultsOf(run: StoredRun): Promise<TrialResult[]> {
  const results: TrialResult[] = [];
  for await (const result of run.trials()) results.push(result);
  return results;
}

/** Waits for something, and then lets everything go on that still can. */
export async function settledAfter(reached: () => boolean): Promise<void> {
  while (!reached()) await new Promise((resolve) => setImmediate(resolve));
  for (let turn = 0; turn < 50; turn++) await new Promise((resolve) => setImmediate(resolve));
}
