import { createHash } from 'node:crypto';
import path from 'node:path';
import type { OpenAgent } from '../agents/agent.ts';
import type { PlanRow } from '../model/plan.ts';
import type { Suite, Task } from '../model/suite.ts';
import { type Selection, selectedTasks } from './selection.ts';
import { trialId } from './trial-id.ts';

/** An agent of a suite that is ready to run. */
export interface ReadyAgent {
  readonly suite: Suite;
  readonly name: string;
  readonly agent: OpenAgent;
}

/** A planned row with what is needed to run it; without a task its trials are lines that could not be read. */
export interface ReadyRow {
  readonly row: PlanRow;
  readonly ready: ReadyAgent;
  readonly task: Task | null;
}

/** Plans the rows of an agent: its selected tasks, and the recorded lines that name none. */
export function planRows(ready: ReadyAgent, selection: Selection): ReadyRow[] {
  const { suite, agent } = ready;
  const rows = selectedTasks(suite, selection).map((task): ReadyRow => {
    const stated = selection.trials ?? task.trials ?? suite.trials;
    const trials = stated ?? Math.max(1, agent.recorded(task.id, null) ?? 1);
    return { row: rowOf(ready, task, trials), ready, task };
  });
  if (agent.unreadable.length > 0) {
    rows.push({ row: rowOf(ready, null, agent.unreadable.length), ready, task: null });
  }
  return rows.flatMap((one) => restrict(one, selection.only));
}

function rowOf({ suite, name }: ReadyAgent, task: Task | null, trials: number): PlanRow {
  const names = { suite: suite.name, task: task?.id ?? null, agent: name, attack: null };
  const ids = Array.from({ length: trials }, (_, at) => trialId({ ...names, trial: at + 1 }));
  return {
    ...names,
    tags: [...(task?.tags ?? [])],
    ...(task?.skip !== undefined && { skip: task.skip }),
    pass: task?.pass ?? suite.pass ?? 'all',
    trials,
    trial_ids: ids,
    ...(task && { at: { file: shownPath(suite.root, task.at.file), line: task.at.line } }),
  };
}

/** A path as reports show it: relative to the project, with slashes. */
export function shownPath(root: string, file: string): string {
  return path.relative(root, file).split(path.sep).join('/') || file;
}

/** Leaves a row only the trials with those ids. */
function restrict(ready: ReadyRow, only: ReadonlySet<string> | undefined): ReadyRow[] {
  if (!only) return [ready];
  const { row } = ready;
  const numbers = row.trial_ids.flatMap((id, at) => (only.has(id) ? [at + 1] : []));
  if (numbers.length === 0) return [];
  if (numbers.length === row.trials) return [ready];
  const trial_ids = row.trial_ids.filter((id) => only.has(id));
  return [{ ...ready, row: { ...row, trials: numbers.length, numbers, trial_ids } }];
}

/** Number of the trial at a place of a row. */
export function trialNumber(row: PlanRow, at: number): number {
  return row.numbers?.[at] ?? at + 1;
}

/** Digest of what a run is going to do: its suites, rows and trials. */
export function planDigest(suites: readonly Suite[], rows: readonly PlanRow[]): string {
  const hash = createHash('sha256');
  for (const { name, digest } of suites) hash.update(`${JSON.stringify(name)} ${digest}\n`);
  for (const row of rows) for (const id of row.trial_ids) hash.update(`${id}\n`);
  return hash.digest('hex');
}
