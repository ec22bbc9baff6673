import { randomBytes } from 'node:crypto';
import { availableParallelism } from 'node:os';
import path from 'node:path';
import type { Command } from 'commander';
import { agentKinds } from '../agents/registry.ts';
import { AgentopsError, messageOf } from '../errors.ts';
import { pricesOf } from '../llm/prices.ts';
import type { Config } from '../model/config.ts';
import type { Suite } from '../model/suite.ts';
import { reporters } from '../report/registry.ts';
import { functionLoader } from '../run/load-function.ts';
import { realTime } from '../run/real-time.ts';
import type { RunOptions } from '../run/run-options.ts';
import { type FinishedRun, runSuites } from '../run/run-suites.ts';
import type { Selection } from '../run/selection.ts';
import { openStoredRun } from '../store/stored-run.ts';
import { catchSignals } from './catch-signals.ts';
import type { EvalOptions } from './eval-options.ts';
import { type ExitCode, exitCodeOf } from './exit-code.ts';
import { failedTrials } from './failed-trials.ts';
import { readGitState } from './git.ts';
import { guardRun, type RunGuard } from './guard-run.ts';
import { listTrials } from './list-trials.ts';
import { loadForEval } from './load-for-eval.ts';
import { loadSettings } from './load-settings.ts';
import { errorText, warningText } from './messages.ts';
import type { Person } from './person-at-terminal.ts';
import { startProgress } from './progress.ts';
import { parseReporterOptions, type ReportRequest } from './reporter-option.ts';
import { runsFolder } from './runs-folder.ts';
import { secretsOf } from './secrets-of.ts';
import { streamsOf } from './streams.ts';
import { writeReports } from './write-reports.ts';

/** Evaluates suites and reports; returns the exit code. */
export async function runEval(
  paths: readonly string[],
  given: EvalOptions,
  command: Command,
): Promise<ExitCode> {
  const { stdout, stderr } = streamsOf(command);
  if (given.watch) {
    requestsOf(given); // what is wrong with them is said once, before anything runs
    const { watchEval } = await import('./watch-eval.ts');
    return watchEval(paths, command);
  }
  const git = readGitState(process.cwd());
  const config = await loadSettings(stderr);
  if (config === null) return exitCodeOf({ trouble: ['suite_fault'] });
  const options = { ...config.eval, ...given };
  const requests = requestsOf(options);
  const suites = await loadForEval(paths, stderr);
  if (suites === null) return exitCodeOf({ trouble: ['suite_fault'] });
  const base = await runsFolder(options.out);
  const selection = await selectionOf(options, base);
  if (options.list) return listTrials(suites, selection, stdout);
  const guard = guardRun();
  const quiet = options.quiet === true;
  try {
    const run = { ...settings(options, config, suites), selection, base, git: await git };
    return await runAndReport(suites, run, requests, { stdout, stderr, quiet }, guard);
  } finally {
    guard.release();
  }
}

/** Runs, reports, and says which exit code that makes. */
async function runAndReport(
  suites: readonly Suite[],
  options: Omit<RunOptions, 'signal'>,
  requests: readonly ReportRequest[],
  { stdout, stderr, quiet }: ReturnType<typeof streamsOf> & { quiet: boolean },
  guard: RunGuard,
): Promise<ExitCode> {
  const signals = catchSignals(guard.release);
  const progress = startProgress(process.stderr, process.env, { quiet });
  const told = { onStart: progress.start, onTrial: progress.add };
  const person = quiet ? null : await personFor(suites, progress.hold);
  const live = { ...options.live, askPerson: person?.ask ?? null };
  const { signal } = signals;
  const run = await runSuites(suites, { ...options, ...told, live, signal }).finally(() => {
    person?.close();
    progress.end();
  });
  const stored = { ...(await openStoredRun(run.dir)), uneventful: run.uneventful };
  for (const warning of run.summary.warnings) {
    await stderr.output.write(await warningText(warning, stderr.look));
  }
  const troubles = await writeReports(stored, requests, stdout);
  troubles.push(...guard.strays().map(strayFault));
  for (const trouble of troubles) await stderr.output.write(await errorText(trouble, stderr.look));
  const trouble = troubles.map(({ code }) => code);
  return exitCodeOf({ gate: gateOf(run), trouble, signal: signals.caught() });
}

/** The person at the terminal, where a suite has one asked. */
async function personFor(suites: readonly Suite[], hold: () => () => void): Promise<Person | null> {
  const asks = suites.some(({ approvals = [] }) =>
    approvals.some(({ decision }) => decision === 'ask'),
  );
  if (!asks) return null;
  const { personAtTerminal } = await import('./person-at-terminal.ts');
  const { stdin: input, stderr: output, env: environment } = process;
  return personAtTerminal({ input, output, environment, hold });
}

function strayFault(thrown: unknown): AgentopsError {
  const words = `Code that a suite names threw where nobody waited for it: ${messageOf(thrown)}`;
  return new AgentopsError('input_fault', words, { cause: thrown });
}

function gateOf({ summary }: FinishedRun) {
  return summary.gate.status;
}

function settings(
  options: EvalOptions,
  { models, prices }: Pick<Config, 'models' | 'prices'>,
  suites: readonly Suite[],
): Omit<RunOptions, 'selection' | 'base' | 'git' | 'signal'> {
  const { concurrency = Math.max(4, availableParallelism()), seed = 0 } = options;
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
    random: () => randomBytes(4).readUInt32BE() / 2 ** 32,
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
  };
}

/** The reports that were asked for; the terminal's too, unless it is quiet or standard output is taken. */
function requestsOf(options: EvalOptions): ReportRequest[] {
  const requests = parseReporterOptions(options.reporter ?? [], reporters, process.cwd());
  const taken = requests.some(({ file }) => file === null);
  if (options.quiet || taken) return requests;
  return [...parseReporterOptions(['terminal'], reporters, process.cwd()), ...requests];
}

async function selectionOf(options: EvalOptions, base: string): Promise<Selection> {
  return {
    ...(options.agent && { agents: options.agent }),
    ...(options.task && { tasks: options.task }),
    ...(options.tag && { tags: options.tag }),
    ...(options.attack && { attacks: options.attack }),
    ...(options.trials !== undefined && { trials: options.trials }),
    ...(options.failed && { only: await failedTrials(base) }),
  };
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
