import {
  type ComparedSide,
  type ComparedTasks,
  pairTasks,
  typicalTrials,
} from './compared-tasks.ts';
import { unseenChange } from './difference-evidence.ts';
import { type PowerOptions, reachOf, seenVariance } from './minimum-detectable.ts';
import type { TaskScores } from './paired-difference.ts';
import { meanOf } from './standard-error.ts';

/** What would make a margin visible: `tasks` in all with as many trials each, or `trials` of each of these tasks; null where no number of them would, or it cannot be told. */
export interface WouldHelp {
  readonly more: 'tasks' | 'trials' | 'either' | 'nothing';
  readonly tasks: number | null;
  readonly trials: number | null;
}

/** Most tasks or trials that are worth telling. */
const MOST = 1e7;

/** How many trials more of the same tasks may cost, against more tasks, to be called as good. */
const AS_GOOD = 1.5;

/** Tells whether more tasks or more trials would show that head is not worse by the margin where the versions do not differ; `nothing` where this comparison can. */
export function whatWouldHelp(
  base: TaskScores,
  head: TaskScores,
  margin: number,
  { level = 0.95, power = 0.8, clusters }: PowerOptions = {},
): WouldHelp {
  const tasks = pairTasks(base, head, clusters);
  const count = tasks.differences.length;
  const { between, within } = budgetOf(tasks);
  const none = { tasks: null, trials: null };
  if (count === 0) return { more: 'tasks', ...none };
  const alpha = (1 - level) / 2;
  const isShown = (number: number, times: number) => {
    const reach = reachOf(tasks, level, power, number / count);
    const half = reach * Math.sqrt((between + within / times) / number);
    const loss = unseenChange(tasks, tasks.head, times);
    const rare = loss * (1 - alpha ** (1 / number));
    return Math.max(half + loss / (number + 1), rare) <= margin;
  };
  if (isShown(count, 1)) return { more: 'nothing', ...none };
  const trials = (typicalTrials(tasks.base) + typicalTrials(tasks.head)) / 2;
  const moreTasks = count === 1 ? null : leastOf(count, (number) => isShown(number, 1));
  const moreTrials = leastOf(Math.ceil(trials), (number) => isShown(count, number / trials));
  const more = betterOf(moreTasks && moreTasks * trials, moreTrials && moreTrials * count);
  return { more, tasks: moreTasks, trials: moreTrials };
}

function betterOf(tasks: number | null, trials: number | null): WouldHelp['more'] {
  if (trials === null) return 'tasks';
  if (tasks === null) return 'trials';
  return trials <= AS_GOOD * tasks ? 'either' : 'tasks';
}

/** Variance of a task's difference: what lies between tasks, and what its trials make; of tasks with one trial each that is assumed to be p(1 − p). */
function budgetOf(tasks: ComparedTasks): { between: number; within: number } {
  const sides = [tasks.base, tasks.head];
  const isSingle = sides.some(({ trials }) => trials.every((one) => one === 1));
  const within = sides.reduce(
    (sum, side) => sum + (isSingle ? assumed(side) : meanOf(side.noise)),
    0,
  );
  const seen = seenVariance(tasks);
  // Trials cannot make more of the variance than there is
  const own = tasks.differences.length > 1 ? Math.min(within, seen) : within;
  return { between: Math.max(0, seen - own), within: own };
}

function assumed(side: ComparedSide): number {
  const rate = meanOf(side.means);
  return (rate * (1 - rate)) / typicalTrials(side);
}

/** Least whole number above `from` of which something holds that holds of all beyond; null if none up to ten million. */
function leastOf(from: number, holds: (number: number) => boolean): number | null {
  if (!holds(MOST)) return null;
  let [low, high] = [from, MOST];
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (holds(middle)) high = middle;
    else low = middle;
  }
  return high;
}
