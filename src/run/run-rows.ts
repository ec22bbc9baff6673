import { runPooled } from '../io/pool.ts';
import type { LoadFunction } from '../judges/judge.ts';
import { type Question, questionsOf } from '../judges/questions.ts';
import { judges } from '../judges/registry.ts';
import type { Suite } from '../model/suite.ts';
import { type ReadyAgent, type ReadyRow, trialNumber } from './plan-rows.ts';
import type { RunOptions } from './run-options.ts';
import { emptyResult, type FinishedTrial, runTrial } from './run-trial.ts';
import type { TrialName } from './trial-id.ts';

interface Job {
  readonly row: number;
  readonly ready: ReadyRow;
  readonly id: string;
  readonly trial: number;
  readonly questions: readonly Question[];
}

/** Runs the trials of every row in plan order, a few at a time, and hands over each as it ends. */
export async function runRows(
  rows: readonly ReadyRow[],
  options: RunOptions,
  finished: (row: number, one: FinishedTrial) => void,
): Promise<void> {
  let stopped = false;
  let done = 0;
  const planned = rows.reduce((sum, { row }) => sum + row.trials, 0);
  await runPooled(jobsOf(rows, options), options.concurrency, async (job) => {
    options.onStart?.({ id: job.id, ...namesOf(job) }, planned);
    const skip = stopped || options.signal.aborted;
    const one = await runJob(job, options, skip);
    const { status } = one.result;
    if (options.bail && (status === 'fail' || status === 'error')) stopped = true;
    finished(job.row, one);
    // recorded trials never wait for anything: let signals and the disk have their turn
    if (++done % 50 === 0) await new Promise((resolve) => setImmediate(resolve));
  });
}

/** The trials in plan order; the questions of a task are compiled when its turn comes and dropped after it. */
function* jobsOf(rows: readonly ReadyRow[], options: RunOptions): Generator<Job> {
  const loaders = new Map<Suite, LoadFunction>();
  for (const [row, ready] of rows.entries()) {
    const { suite } = ready.ready;
    const load = loaders.get(suite) ?? options.loaderOf(suite);
    loaders.set(suite, load);
    const questions = ready.task ? questionsFor(ready, load) : [];
    for (let at = 0; at < ready.row.trials; at++) {
      const id = ready.row.trial_ids[at] ?? '';
      yield { row, ready, id, trial: trialNumber(ready.row, at), questions };
    }
  }
}

function questionsFor({ task, ready: { suite } }: ReadyRow, load: LoadFunction): Question[] {
  if (!task) return [];
  const { expect, prefer, limits, weights } = task;
  const whole = { expect: suite.expect, ...(suite.limits && { limits: suite.limits }) };
  const asked = { expect, prefer, weights, ...(limits && { limits }), suite: whole };
  return questionsOf(asked, { reading: 'no', load, judges });
}

function namesOf({ ready: { ready, row }, trial }: Job): TrialName {
  return { suite: ready.suite.name, task: row.task, agent: row.agent, attack: row.attack, trial };
}

async function runJob(job: Job, options: RunOptions, skip: boolean): Promise<FinishedTrial> {
  const { ready, id, trial, questions } = job;
  const { suite, agent } = ready.ready;
  const { task, agent: name, attack } = ready.row;
  const names = namesOf(job);
  const skipped = skip || ready.row.skip !== undefined;
  if (skipped) {
    const reason =
      ready.row.skip ?? (options.signal.aborted ? 'Interrupted' : 'Not run after --bail');
    return { result: { ...emptyResult(names, id), reason }, record: null };
  }
  if (!ready.task || task === null) return unreadable(ready.ready, names, id);
  return runTrial({
    id,
    drive: agent.drive,
    task: { suite: suite.name, task, attack, trial, input: ready.task.input },
    agent: name,
    tools: suite.tools,
    questions,
    signal: options.signal,
    now: options.now,
  });
}

function unreadable({ agent }: ReadyAgent, names: TrialName, id: string): FinishedTrial {
  const line = agent.unreadable[names.trial - 1];
  const reason = `Cannot read "${agent.source}" line ${line?.line}: ${line?.reason}`;
  return { result: { ...emptyResult(names, id), status: 'error', reason }, record: null };
}
