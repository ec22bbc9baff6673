import { randomInt } from 'node:crypto';
import { availableParallelism } from 'node:os';
import path from 'node:path';
import { agentKinds } from '../agents/registry.ts';
import { AgentopsError } from '../errors.ts';
import { pricesOf } from '../llm/prices.ts';
import type { Config } from '../model/config.ts';
import type { Suite } from '../model/suite.ts';
import { functionLoader } from '../run/load-function.ts';
import { realTime } from '../run/real-time.ts';
import type { RunOptions } from '../run/run-options.ts';
import type { EvalOptions } from './eval-options.ts';
import { secretsOf } from './secrets-of.ts';

/** What options of the command line and settings of the project make of a run. Throws `usage`. */
export function runSettings(
  options: EvalOptions,
  { models, prices }: Pick<Config, 'models' | 'prices'>,
  suites: readonly Suite[],
): Omit<RunOptions, 'selection' | 'base' | 'git' | 'signal' | 'against'> {
  const { concurrency = defaultConcurrency(), seed = 0, judge = 'recorded' } = options;
  const { maxCost: maxCostUsd, maxSeconds } = options;
  return {
    agentKinds,
    concurrency,
    bail: options.bail === true,
    seed,
    labels: labelsOf(options.label ?? []),
    argv: process.argv.slice(2),
    version: __AGENTOPS_VERSION__,
    secrets: secretsOf(models, suites, process.env),
    now: Date.now,
    random: () => randomInt(2 ** 32) / 2 ** 32, // far faster than four bytes: the nonces of a judgement take eight
    loaderOf: (suite: Suite) => functionLoader(path.dirname(suite.file)),
    ceilings: {
      ...(maxCostUsd !== undefined && { maxCostUsd }),
      ...(maxSeconds !== undefined && { maxSeconds }),
    },
    live: {
      ...realTime(),
      environment: process.env,
      endpoints: models,
      prices: pricesOf(__AGENTOPS_PRICES__, prices),
      record: options.record === true,
    },
    judge,
  };
}

/** One for each processor, and 4 at least. */
function defaultConcurrency(): number {
  return Math.max(4, availableParallelism());
}

function labelsOf(given: readonly string[]): Record<string, string> {
  return Object.fromEntries(
    given.map((label) => {
      const at = label.indexOf('=');
      if (at > 0) return [label.slice(0, at), label.slice(at + 1)];
      throw new AgentopsError('usage', `Cannot use --label ${label}: expected KEY=VALUE`);
    }),
  );
}
