import { messageOf } from '../errors.ts';
import { runPooled } from '../io/pool.ts';
import { type View, viewOf } from '../match/view.ts';
import type { ComparedTrial } from '../model/compared-trial.ts';
import type { JudgeSpec } from '../model/llm-judge.ts';
import type { Suite, Task } from '../model/suite.ts';
import type { Trajectory } from '../model/trajectory.ts';
import type { TrialResult } from '../model/trial-result.ts';
import type { comparePair } from '../panel/compare-pair.ts';
import { plantedWorld } from '../safety/flow/canary-texts.ts';
import { safetyOf } from '../safety/trial-safety.ts';
import type { StoredRun } from '../store/stored-run.ts';
import { askedJudges } from './asked-judges.ts';
import { type DeskSupply, deskSupply, type JudgingOptions } from './desk-options.ts';
import { type RunMeter, runMeter } from './run-ceilings.ts';
import type { RunOptions } from './run-options.ts';
import { type PairedTrials, type TrialPair, trialPairs } from './trial-pairs.ts';

/** Two runs, and the suites of the second. */
export interface ComparedRuns {
  readonly base: StoredRun;
  readonly head: StoredRun;
  readonly suites: readonly Suite[];
}

/** How runs are compared. */
export interface CompareOptions extends JudgingOptions, Pick<RunOptions, 'ceilings' | 'signal'> {
  /** Names of the only judges that compare. */
  readonly only?: readonly string[];
}

/** What came of it, and what must be known of it. */
export interface Comparison {
  readonly trials: readonly ComparedTrial[];
  readonly notes: readonly string[];
}

interface Job {
  readonly suite: Suite;
  readonly task: Task;
  readonly base: TrialResult;
  readonly head: TrialResult;
  readonly spec: JudgeSpec;
}

/** Pairs that are compared at the same time; the lanes of the models say how many are asked. */
const MOST_AT_ONCE = 64;

/** Lets judges compare every trial that both runs have: each that the task names says which of the two is better. */
export async function compareTrials(
  runs: ComparedRuns,
  options: CompareOptions,
): Promise<Comparison> {
  const { ceilings, signal, live } = options;
  const meter = runMeter({ ceilings, signal, now: live.clock, after: live.after });
  const supply = deskSupply(options, meter);
  try {
    const { comparePair: compare } = await import('../panel/compare-pair.ts');
    const paired = await trialPairs(runs.base, runs.head);
    const jobs = jobsOf(paired.pairs, runs.suites, options.only);
    const trials: ComparedTrial[] = [];
    await runPooled(jobs, MOST_AT_ONCE, async (job, at) => {
      trials[at] = await compared(job, runs, { compare, supply, meter, live });
    });
    return { trials, notes: [...unpaired(paired), ...supply.notes(), ...meter.warnings()] };
  } finally {
    await supply.close();
    meter.close();
  }
}

/** Trials that are not there are said: what is compared may be the easier half. */
function unpaired({ onlyBase, onlyHead }: PairedTrials): string[] {
  if (onlyBase + onlyHead === 0) return [];
  return [
    `Not compared, as only one of the runs has them: ${onlyBase} trials of base, ${onlyHead} of head`,
  ];
}

function jobsOf(
  pairs: readonly TrialPair[],
  suites: readonly Suite[],
  only: readonly string[] | undefined,
): Job[] {
  return pairs.flatMap(({ base, head }) => {
    const suite = suites.find(({ name }) => name === head.suite);
    const task = suite?.tasks.find(({ id }) => id === head.task);
    if (!suite || !task) return [];
    return askedJudges(suite, task)
      .filter(({ name }) => only?.includes(name) ?? true)
      .map((spec) => ({ suite, task, base, head, spec }));
  });
}

interface Tools {
  readonly compare: typeof comparePair;
  readonly supply: DeskSupply;
  readonly meter: RunMeter;
  readonly live: RunOptions['live'];
}

async function compared(
  job: Job,
  { base, head }: ComparedRuns,
  tools: Tools,
): Promise<ComparedTrial> {
  const { suite, attack, trial } = job.head;
  const names = {
    ...{ suite, task: job.task.id, attack, trial, judge: job.spec.name },
    agents: { base: job.base.agent, head: job.head.agent },
  };
  const open = { ...names, better: null, consistent: false };
  const stopped = tools.meter.stopped();
  if (stopped !== null) return { ...open, reason: stopped };
  try {
    const { options } = await tools.supply.of(job.suite);
    const first = viewFor(job, await base.trajectory(job.base), 'base', tools.live);
    const second = viewFor(job, await head.trajectory(job.head), 'head', tools.live);
    const { winner, consistent, reason, usage } = await tools.compare(
      options,
      job.spec,
      first,
      second,
    );
    const own = `${job.spec.name}: `;
    const better = winner && ({ first: 'base', second: 'head', tie: 'tie' } as const)[winner];
    const why = reason.startsWith(own) ? reason.slice(own.length) : reason;
    return { ...names, better, consistent, reason: why, ...(usage && { usage }) };
  } catch (thrown) {
    return { ...open, reason: messageOf(thrown) };
  }
}

/** What a judge looks at. Throws where there is nothing to be seen. */
function viewFor(
  { suite, task, base, head }: Job,
  trajectory: Trajectory | null,
  side: 'base' | 'head',
  { environment }: RunOptions['live'],
): View {
  if (trajectory === null) {
    const why = (side === 'base' ? base : head).reason ?? 'no trajectory was kept';
    throw new Error(`There is nothing to compare in ${side}: ${why}`);
  }
  const { canaries, secrets } = safetyOf(suite, head.attack, environment);
  const world = plantedWorld(task.world ?? suite.world ?? null, canaries, secrets);
  const view = viewOf(trajectory, suite.tools, task.input, world);
  if (view.fault === null) return view;
  throw new Error(`There is nothing to compare in ${side}: ${view.fault}`);
}
