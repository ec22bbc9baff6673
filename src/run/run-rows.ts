import { runPooled } from '../io/pool.ts';
import { type Slots, slotsOf } from '../io/slots.ts';
import { BARE_SETTING } from '../judges/judge.ts';
import type { Question } from '../judges/question.ts';
import { questionsOf } from '../judges/questions.ts';
import { judges } from '../judges/registry.ts';
import type { Ceilings } from '../live/ceilings.ts';
import type { LoadFunction } from '../model/load-function.ts';
import type { Suite, Task, World } from '../model/suite.ts';
import { plantedWorld } from '../safety/flow/canary-texts.ts';
import { safetyOf, type TrialSafety } from '../safety/trial-safety.ts';
import { ceilingsOf } from './ceilings-of.ts';
import { loadChecks } from './load-checks.ts';
import type { OpenDesks } from './open-desks.ts';
import { type ReadyRow, trialNumber } from './plan-rows.ts';
import type { RunMeter } from './run-ceilings.ts';
import type { RunDesk } from './run-desk.ts';
import type { RunOptions } from './run-options.ts';
import { brokenResult, emptyResult, type FinishedTrial, runTrial } from './run-trial.ts';
import type { TrialName } from './trial-id.ts';

interface Job {
  readonly row: number;
  readonly ready: ReadyRow;
  readonly id: string;
  readonly trial: number;
  readonly questions: readonly Question[];
  readonly desk: RunDesk | null;
  readonly ceilings: Ceilings;
  readonly safety: TrialSafety;
  /** What its trials begin with, canaries planted; each has a copy. */
  readonly world: World | null;
}

/** Trials whose agents are done and whose judges are still asked, at least and at most: each is held in memory. */
const [LEAST_JUDGED, MOST_JUDGED] = [64, 256];

/** Twice as many as the busiest lane takes: the next questions are ready when answers come. */
function judgedAtOnce({ endpoints }: RunOptions['live']): number {
  const lanes = Object.values(endpoints ?? {}).map(({ concurrency = 0 }) => 2 * concurrency);
  return Math.min(MOST_JUDGED, Math.max(LEAST_JUDGED, ...lanes));
}

/** Runs rows, again and again, under one set of loaded functions. */
export interface RowRunner {
  /** Runs the trials of rows in plan order, a few at a time, and hands over each, with the place of its row, as it ends. While LLM judges are asked about a trial, its place is free for the next. `planned` counts the trials of the whole run. */
  run(
    rows: readonly ReadyRow[],
    planned: number,
    finished: (row: number, one: FinishedTrial) => void,
  ): Promise<void>;
  /** Whether --bail ended it. */
  hasBailed(): boolean;
}

/** Gets ready to run rows. */
export function rowRunner(
  options: RunOptions,
  meter: RunMeter,
  desks: Pick<OpenDesks, 'of'>,
): RowRunner {
  let bailed = false;
  let done = 0;
  const loaderOf = loadersOf(options);
  return {
    hasBailed: () => bailed,
    run: async (rows, planned, finished) => {
      await loadChecks(
        rows.map(({ ready: { suite }, task }) => ({ suite, task })),
        loaderOf,
      );
      const { places, limit } = placesFor(rows, options, desks);
      await runPooled(jobsOf(rows, loaderOf, desks, options.live), limit, async (job) => {
        const leave = await places.take();
        options.onStart?.({ id: job.id, ...namesOf(job) }, planned);
        const why = meter.stopped() ?? (bailed ? 'Not run after --bail' : null);
        const one = await runJob(job, meter, why, leave).finally(leave);
        const { status } = one.result;
        if (options.bail && (status === 'fail' || status === 'error')) bailed = true;
        finished(job.row, one);
        options.onTrial?.(one.result, planned);
        // recorded trials never wait for anything: let signals and the disk have their turn
        if (++done % 50 === 0) await new Promise((resolve) => setImmediate(resolve));
      });
    },
  };
}

/** How many trials run at once. A recording is not waited for; with --bail nothing runs ahead of what may end the run. */
function placesFor(
  rows: readonly ReadyRow[],
  { bail, judge, concurrency, live }: RunOptions,
  desks: Pick<OpenDesks, 'of'>,
): { readonly places: Slots; readonly limit: number } {
  const waits =
    !bail && judge === 'live' && rows.some(({ ready }) => desks.of(ready.suite) !== null);
  return waits
    ? { places: slotsOf(concurrency), limit: concurrency + judgedAtOnce(live) }
    : { places: UNBOUND, limit: concurrency };
}

/** Where nobody waits for judges the pool alone says how many run. */
const UNBOUND: Slots = { take: async () => () => undefined };

type LoaderOf = (suite: Suite) => LoadFunction;

/** One loader for each suite, so that what was loaded stays what it was. */
function loadersOf(options: RunOptions): LoaderOf {
  const loaders = new Map<Suite, LoadFunction>();
  return (suite) => {
    const load = loaders.get(suite) ?? options.loaderOf(suite);
    loaders.set(suite, load);
    return load;
  };
}

/** The trials in plan order; the questions of a task are compiled when its turn comes and dropped after it. */
function* jobsOf(
  rows: readonly ReadyRow[],
  loaderOf: LoaderOf,
  desks: Pick<OpenDesks, 'of'>,
  live: RunOptions['live'],
): Generator<Job> {
  for (const [row, ready] of rows.entries()) {
    const { suite } = ready.ready;
    const safety = safetyOf(suite, ready.row.attack, live.environment);
    const desk = desks.of(suite);
    const questions = questionsFor(ready, loaderOf(suite), safety, desk);
    const ceilings = ready.task ? ceilingsOf(suite, ready.task) : {};
    const stated = ready.task?.world ?? suite.world ?? null;
    const world = plantedWorld(stated, safety.canaries, safety.secrets);
    const same = { row, ready, questions, desk, ceilings, safety, world };
    for (let at = 0; at < ready.row.trials; at++) {
      const id = ready.row.trial_ids[at] ?? '';
      yield { ...same, id, trial: trialNumber(ready.row, at) };
    }
  }
}

function questionsFor(
  { task, ready: { suite } }: ReadyRow,
  load: LoadFunction,
  { policy, attack, secrets }: TrialSafety,
  desk: RunDesk | null,
): Question[] {
  const { expect, prefer, limits, weights, conversation }: Partial<Task> = task ?? {};
  const whole = { expect: suite.expect, ...(suite.limits && { limits: suite.limits }) };
  const more = { ...(limits && { limits }), ...(conversation && { conversation }) };
  const own = { ...(expect && { expect }), ...(prefer && { prefer }), ...(weights && { weights }) };
  const asked = { ...own, ...more, suite: whole };
  return questionsOf(
    { ...asked, policy, attack },
    { ...BARE_SETTING, load, policy, secrets, desk, judges },
  );
}

function namesOf({ ready: { ready, row }, trial }: Job): TrialName {
  return { suite: ready.suite.name, task: row.task, agent: row.agent, attack: row.attack, trial };
}

async function runJob(
  job: Job,
  meter: RunMeter,
  skip: string | null,
  leave: () => void,
): Promise<FinishedTrial> {
  const { ready, id, questions, desk, ceilings, safety, world } = job;
  const { suite, agent } = ready.ready;
  const { task } = ready.row;
  const names = namesOf(job);
  const reason = ready.row.skip ?? skip;
  if (reason !== null) return { result: { ...emptyResult(names, id), reason }, record: null };
  if (!ready.task || task === null) return unreadable(job, names);
  const one = await runTrial({
    drive: agent.drive,
    task: { id, ...names, task, stated: ready.task, ceilings, world, safety },
    tools: suite.tools,
    questions,
    desk,
    driven: desk ? leave : () => undefined,
    signal: meter.signal,
  });
  const why = meter.stopped();
  return one.result.status === 'skip' && why !== null
    ? { ...one, result: { ...one.result, reason: why } }
    : one;
}

function unreadable({ ready, id, questions }: Job, names: TrialName): FinishedTrial {
  const { agent } = ready.ready;
  const line = agent.unreadable[names.trial - 1];
  const place = agent.source === null ? '' : `Cannot read "${agent.source}" line ${line?.line}: `;
  const reason = `${place}${line?.reason}`;
  return { result: brokenResult(names, id, reason, questions), record: null };
}
