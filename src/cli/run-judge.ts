import type { Command } from 'commander';
import { storedAgents } from '../agents/stored.ts';
import { AgentopsError } from '../errors.ts';
import { didYouMean } from '../match/nearest-name.ts';
import type { PlanRow } from '../model/plan.ts';
import type { AgentEntry, Suite } from '../model/suite.ts';
import { rejudgedRows } from '../run/rejudged-rows.ts';
import type { StoredRun } from '../store/stored-run.ts';
import { type ExitCode, exitCodeOf } from './exit-code.ts';
import { readGitState } from './git.ts';
import { guardRun } from './guard-run.ts';
import type { JudgeOptions } from './judge-options.ts';
import { judgedSuites } from './judged-suites.ts';
import { loadSettings } from './load-settings.ts';
import { openRun } from './open-run.ts';
import { reportRequests } from './report-requests.ts';
import { runAndReport } from './run-and-report.ts';
import { runSettings } from './run-settings.ts';
import { runsFolder } from './runs-folder.ts';
import { streamsOf } from './streams.ts';

/** Judges the stored trajectories of a run again, without running an agent, and keeps that as a new run; returns the exit code. */
export async function runJudge(
  reference: string,
  given: JudgeOptions,
  command: Command,
): Promise<ExitCode> {
  refuseUnfit(given);
  const streams = streamsOf(command);
  const git = readGitState(process.cwd());
  const config = await loadSettings(streams.stderr);
  if (config === null) return exitCodeOf({ trouble: ['suite_fault'] });
  const { trials: _t, bail: _b, seed: _s, ...defaults } = config.eval;
  const options = { ...defaults, ...given };
  const run = await openRun(reference, options.out);
  const suites = await judgedSuites(run.plan, streams.stderr);
  if (suites === null) return exitCodeOf({ trouble: ['suite_fault'] });
  if (given.only) refuseUnknownJudges(given.only, suites);
  const settings = { ...runSettings(options, config, suites), seed: run.plan.seed };
  if (given.against !== undefined) {
    const { compareRuns } = await import('./compare-runs.ts');
    const base = await openRun(given.against, options.out);
    return compareRuns({ head: run, base, suites }, settings, given, streams);
  }
  const requests = reportRequests(options);
  const quiet = options.quiet === true;
  const guard = guardRun();
  try {
    const judged = suites.map((suite) => withAgentsOf(suite, run.plan.rows));
    refuseNothing(run, judged);
    const base = await runsFolder(options.out);
    const again = { ...settings, ...rejudging(run, options), base, git: await git };
    return await runAndReport(judged, again, requests, { ...streams, quiet }, guard);
  } finally {
    guard.release();
  }
}

/** Options that say nothing of what is done would be passed over in silence. */
function refuseUnfit({ against, json, label, reporter }: JudgeOptions): void {
  if (json && against === undefined) {
    const words = 'Cannot use --json alone: expected --against, or --reporter json';
    throw new AgentopsError('usage', words);
  }
  if (against === undefined || (!label && !reporter)) return;
  const option = label ? '--label' : '--reporter';
  throw new AgentopsError('usage', `Cannot use ${option} with --against: no run is made`);
}

function rejudging(run: StoredRun, { only }: JudgeOptions) {
  return {
    agentKinds: [storedAgents(run)],
    rowsOf: rejudgedRows(run.plan.rows),
    judgedFrom: run.id,
    selection: {},
    ...(only && { judgeOnly: only }),
  };
}

/** A suite whose agents are those that the run had, whatever it names now. */
function withAgentsOf(suite: Suite, rows: readonly PlanRow[]): Suite {
  const own = rows.filter((row) => row.suite === suite.name).map(({ agent }) => agent);
  const agents = [...new Set(own)].map((name): AgentEntry => {
    const known = suite.agents.find((agent) => agent.name === name);
    const at = known?.at ?? { file: suite.file, line: 1, column: 1 };
    return { name, kind: 'stored', config: null, at };
  });
  return { ...suite, agents };
}

/** A run of nothing never passes. */
function refuseNothing({ id, plan }: StoredRun, suites: readonly Suite[]): void {
  const isKnown = ({ suite, task }: PlanRow) =>
    task === null ||
    suites.some(({ name, tasks }) => name === suite && tasks.some((one) => one.id === task));
  if (plan.rows.some(isKnown)) return;
  throw new AgentopsError('usage', `Cannot judge run ${id}: its suites have none of its tasks now`);
}

/** A mistyped name must not pass for a judge that had nothing to say. */
function refuseUnknownJudges(only: readonly string[], suites: readonly Suite[]): void {
  const known = [...new Set(suites.flatMap(({ judges = {} }) => Object.keys(judges)))];
  for (const name of only) {
    if (known.includes(name)) continue;
    const hint = known.length === 0 ? 'there are none' : didYouMean(name, known);
    throw new AgentopsError('usage', `Cannot ask judge "${name}": no suite has it (${hint})`);
  }
}
