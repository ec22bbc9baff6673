import type { Command } from 'commander';
import { AgentopsError } from '../errors.ts';
import type { Selection } from '../run/selection.ts';
import type { EvalOptions } from './eval-options.ts';
import { type ExitCode, exitCodeOf } from './exit-code.ts';
import { failedTrials } from './failed-trials.ts';
import { readGitState } from './git.ts';
import { guardRun } from './guard-run.ts';
import { listTrials } from './list-trials.ts';
import { loadForEval } from './load-for-eval.ts';
import { loadSettings } from './load-settings.ts';
import type { OpenBaseline } from './open-baseline.ts';
import { reportRequests } from './report-requests.ts';
import { runAndReport } from './run-and-report.ts';
import { runSettings } from './run-settings.ts';
import { runsFolder } from './runs-folder.ts';
import { streamsOf } from './streams.ts';

/** Evaluates suites and reports; returns the exit code. */
export async function runEval(
  paths: readonly string[],
  given: EvalOptions,
  command: Command,
): Promise<ExitCode> {
  const { stdout, stderr } = streamsOf(command);
  if (given.watch) {
    reportRequests(given); // what is wrong with them is said once, before anything runs
    const { watchEval } = await import('./watch-eval.ts');
    return watchEval(paths, command);
  }
  const git = readGitState(process.cwd());
  const config = await loadSettings(stderr);
  if (config === null) return exitCodeOf({ trouble: ['suite_fault'] });
  const options = { ...config.eval, ...given };
  refuseWithoutBaseline(options);
  const requests = reportRequests(options);
  const suites = await loadForEval(paths, stderr);
  if (suites === null) return exitCodeOf({ trouble: ['suite_fault'] });
  const base = await runsFolder(options.out);
  const selection = await selectionOf(options, base);
  if (options.list) return listTrials(suites, selection, stdout);
  const against = await baselineOf(options);
  const guard = guardRun();
  const quiet = options.quiet === true;
  try {
    const settings = { ...runSettings(options, config, suites), selection, base, against };
    const run = { ...settings, git: await git };
    return await runAndReport(suites, run, requests, { stdout, stderr, quiet }, guard);
  } finally {
    guard.release();
    against?.close();
  }
}

/** Comparisons are loaded only where there is a baseline. */
async function baselineOf(options: EvalOptions): Promise<OpenBaseline | null> {
  if (options.baseline === undefined) return null;
  const { openBaseline } = await import('./open-baseline.ts');
  return openBaseline(options.baseline, options);
}

/** What speaks of a baseline says nothing without one. */
function refuseWithoutBaseline(options: EvalOptions): void {
  if (options.baseline !== undefined) return;
  const { failOn, margin, untilDecided } = options;
  const given = { '--fail-on': failOn, '--margin': margin, '--until-decided': untilDecided };
  for (const [option, value] of Object.entries(given)) {
    if (value === undefined) continue;
    const words = `Cannot use ${option}: expected --baseline with it, a run to compare with`;
    throw new AgentopsError('usage', words);
  }
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
