import { groupBy } from '../src/json/group-by.ts';
import type { Page, Trial } from './page.ts';

/** Mean cost and mean score of some trials. */
export interface CostPoint {
  readonly suite: string;
  readonly agent: string;
  readonly task: string | null;
  readonly cost: number;
  readonly score: number;
  readonly trials: number;
}

const MOST_TASKS = 400;

/** Points of the picture: one for each suite and agent, and one for each task of it unless they are too many. */
export function costPoints({ trials }: Page): { groups: CostPoint[]; tasks: CostPoint[] } {
  const priced = trials.filter(({ cost, score }) => cost !== null && score !== null);
  const groups = meansBy(priced, ({ row }) => JSON.stringify([row.suite, row.agent]));
  const tasks = meansBy(priced, ({ row }) => JSON.stringify([row.suite, row.agent, row.task]));
  return {
    groups,
    tasks: tasks.length > MOST_TASKS || tasks.length === groups.length ? [] : tasks,
  };
}

function meansBy(trials: readonly Trial[], keyOf: (trial: Trial) => string): CostPoint[] {
  return [...groupBy(trials, keyOf).values()].map((some) => {
    const sum = (figure: (trial: Trial) => number | null) =>
      some.reduce((all, trial) => all + (figure(trial) ?? 0), 0);
    const { suite = '', agent = '', task = null } = some[0]?.row ?? {};
    const trials = some.length;
    const [cost, score] = [
      sum((trial) => trial.cost) / trials,
      sum((trial) => trial.score) / trials,
    ];
    return { suite, agent, task, cost, score, trials };
  });
}
