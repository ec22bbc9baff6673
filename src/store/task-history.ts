import path from 'node:path';
import { AgentopsError } from '../errors.ts';
import { wildcard } from '../match/wildcard.ts';
import type { RowResult } from '../model/run.ts';
import { readPlanHead } from './run-head.ts';
import { folderOfRuns, listRunIds } from './runs-list.ts';
import { summaryRows } from './summary-rows.ts';

/** What one run says of a task. */
export interface TaskPoint {
  readonly run: string;
  /** ISO time. */
  readonly started_at: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly commit: string | null;
  readonly row: RowResult;
}

/** A task, alone or under an attack, by one agent, in the runs that had it, oldest first. */
export interface TaskHistory {
  readonly suite: string;
  readonly task: string;
  readonly attack: string | null;
  readonly agent: string;
  readonly points: readonly TaskPoint[];
}

/** Which tasks are looked up, and in how many runs. */
export interface HistoryQuery {
  /** Id of the task, `*` is a wildcard; so are the names below. */
  readonly task: string;
  readonly suite?: string;
  readonly agent?: string;
  /** `none` for the task alone. */
  readonly attack?: string;
  /** How many of the newest runs that have such a task. */
  readonly last: number;
}

/** What was found of tasks in stored runs. */
export interface FoundHistory {
  readonly tasks: readonly TaskHistory[];
  /** How many runs were looked at. */
  readonly runs: number;
  /** Runs that could not be read, in sentences. */
  readonly warnings: readonly string[];
}

/** Looks tasks up in the stored runs of a base that ended. A run that cannot be read is passed over with a warning. */
export async function taskHistory(base: string, query: HistoryQuery): Promise<FoundHistory> {
  const runs = await folderOfRuns(base);
  const isTask = wildcard(query.task);
  const wants = rowTest(query);
  const found = new Map<string, { first: TaskPoint; points: TaskPoint[] }>();
  const warnings: string[] = [];
  let [left, looked] = [query.last, 0];
  for (const id of (await listRunIds(base)).reverse()) {
    if (left === 0) break;
    looked++;
    const points = await pointsOf(path.join(runs, id), isTask, wants, warnings);
    if (points.length > 0) left--;
    for (const point of points) {
      const key = keyOf(point.row);
      const known = found.get(key) ?? { first: point, points: [] };
      known.points.push(point);
      found.set(key, known);
    }
  }
  const tasks = [...found.values()].map(({ first, points }): TaskHistory => {
    const { suite, task, attack, agent } = first.row;
    return { suite, task: task ?? '', attack, agent, points: points.reverse() };
  });
  return { tasks, runs: looked, warnings };
}

async function pointsOf(
  dir: string,
  isTask: (task: string) => boolean,
  wants: (row: RowResult) => boolean,
  warnings: string[],
): Promise<TaskPoint[]> {
  try {
    const { id: run, started_at, labels, git } = await readPlanHead(dir);
    const points: TaskPoint[] = [];
    for await (const row of summaryRows(dir, isTask)) {
      if (wants(row)) points.push({ run, started_at, labels, commit: git.commit, row });
    }
    return points;
  } catch (thrown) {
    if (!(thrown instanceof AgentopsError)) throw thrown;
    warnings.push(`Run ${path.basename(dir)} was passed over: ${thrown.message}`);
    return [];
  }
}

/** Tests what a query says of a row beside its task. */
function rowTest({ suite = '*', agent = '*', attack }: HistoryQuery): (row: RowResult) => boolean {
  const [isSuite, isAgent, isAttack] = [wildcard(suite), wildcard(agent), wildcard(attack ?? '*')];
  const isUnder = (name: string | null) =>
    attack === 'none' ? name === null : name !== null && isAttack(name);
  return (row) =>
    row.task !== null &&
    isSuite(row.suite) &&
    isAgent(row.agent) &&
    (attack === undefined || isUnder(row.attack));
}

function keyOf({ suite, task, attack, agent }: RowResult): string {
  return JSON.stringify([suite, task, attack, agent]);
}
