import { inQueueOrder, judgeNamed, queueReason } from '../../calibration/review-queue.ts';
import { AgentopsError } from '../../errors.ts';
import { didYouMean } from '../../match/nearest-name.ts';
import { wildcard } from '../../match/wildcard.ts';
import type { TrialResult } from '../../model/trial-result.ts';
import type { StoredRun } from '../../store/stored-run.ts';
import { type LabelledItems, seenDigest } from './labelled-items.ts';
import type { QueueEntry } from './review-session.ts';

/** Which trials are to be reviewed. */
export interface QueueWish {
  /** Only those that this judge was asked about, whatever came of it. */
  readonly judge?: string;
  /** Ids of tasks, `*` a wildcard. */
  readonly task?: string;
  readonly status?: 'pass' | 'fail' | 'error';
  /** Those that passed and those that were labelled, too. */
  readonly all?: boolean;
}

/** What is to be reviewed of a run. */
export interface RunQueue {
  readonly entries: readonly QueueEntry[];
  /** Trials that are left out because they were labelled. */
  readonly labelled: number;
  /** Some verdict is of an LLM judge. */
  readonly judged: boolean;
}

/** Goes through the results of a run once, and keeps of each trial that is wanted its id and why. Throws `usage` where a name is that of nothing. */
export async function queueOfRun(
  run: StoredRun,
  wish: QueueWish,
  items: LabelledItems,
): Promise<RunQueue> {
  const entries: QueueEntry[] = [];
  const judges = new Set<string>();
  let labelled = 0;
  const isTask = wish.task === undefined ? () => true : taskTest(run, wish.task);
  for await (const result of run.trials()) {
    const names = result.verdicts.flatMap((verdict) => judgeNamed(verdict) ?? []);
    for (const name of names) judges.add(name);
    const reason = queueReason(result);
    if (reason === null || !isTask(result.task ?? '')) continue;
    const isAsked = wish.judge === undefined || names.includes(wish.judge);
    if (!isAsked || !isWanted(result, reason.rank === 'passed', wish)) continue;
    if (!wish.all && (await isLabelled(run, result, items))) labelled++;
    else entries.push({ id: result.id, ...reason });
  }
  if (wish.judge !== undefined && !judges.has(wish.judge)) throw unknownJudge(wish.judge, judges);
  return { entries: inQueueOrder(entries), labelled, judged: judges.size > 0 };
}

/** What passed is for those who ask for it, or who label what a judge is held against: that needs both sorts. */
function isWanted(
  { status }: TrialResult,
  isPassed: boolean,
  { status: wanted, all = false, judge }: QueueWish,
): boolean {
  if (wanted !== undefined) return status === wanted;
  return !isPassed || all || judge !== undefined;
}

function taskTest({ plan }: StoredRun, task: string): (id: string) => boolean {
  const matches = wildcard(task);
  const tasks = [...new Set(plan.rows.flatMap((row) => row.task ?? []))];
  if (tasks.some(matches)) return matches;
  const mend = didYouMean(task, tasks);
  throw new AgentopsError('usage', `Cannot review the task "${task}": ${mend}`);
}

function unknownJudge(judge: string, known: ReadonlySet<string>): AgentopsError {
  const mend =
    known.size === 0 ? 'no LLM judge was asked in this run' : didYouMean(judge, [...known]);
  return new AgentopsError('usage', `Cannot review what the judge "${judge}" was asked: ${mend}`);
}

async function isLabelled(
  run: StoredRun,
  result: TrialResult,
  items: LabelledItems,
): Promise<boolean> {
  const digests = items.of({ ...result, task: result.task ?? '' });
  if (digests === undefined) return false;
  return digests.has(null) || digests.has(seenDigest(await run.trajectory(result)));
}
