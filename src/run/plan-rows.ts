import { createHash } from 'node:crypto';
import path from 'node:path';
import type { OpenAgent } from '../agents/agent.ts';
import { AgentopsError } from '../errors.ts';
import type { Attack } from '../model/attack.ts';
import type { PlanRow } from '../model/plan.ts';
import type { Suite, Task } from '../model/suite.ts';
import { rowDigests } from './row-digest.ts';
import { type Selection, selectedAttacks, selectedTasks } from './selection.ts';
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

/** Plans the rows of an agent: its selected tasks, alone and with each attack, and the recorded lines that name none. Throws `usage` where a task can never pass with that many trials, or where a live agent cannot be attacked so. */
export function planRows(ready: ReadyAgent, selection: Selection): ReadyRow[] {
  const { suite, agent } = ready;
  const digestOf = rowDigests(suite);
  const rows = selectedTasks(suite, selection).flatMap((task) =>
    selectedAttacks(suite, task, selection).map((attack): ReadyRow => {
      refuseUnplanted(ready, task, attack);
      const row = attackedRow(ready, task, attack?.name ?? null, selection);
      return { row: { ...row, digest: digestOf(task, attack) }, ready, task };
    }),
  );
  if (agent.unreadable.length > 0) {
    rows.push({ row: rowOf(ready, null, null, upTo(agent.unreadable.length)), ready, task: null });
  }
  return rows.flatMap((one) => restrict(one, selection.only));
}

function attackedRow(
  ready: ReadyAgent,
  task: Task,
  attack: string | null,
  selection: Selection,
): PlanRow {
  const { suite, agent } = ready;
  const stated = selection.trials ?? task.trials ?? suite.trials;
  const trials = stated ?? Math.max(1, agent.recorded(task.id, attack) ?? 1);
  const beyond = agent.unreadableTrials(task.id, attack, trials);
  const row = rowOf(ready, task, attack, [...upTo(trials), ...beyond]);
  if (selection.trials !== undefined) refuseTooFew(row);
  return row;
}

/** Only a recording can carry an attack that says nothing of what is planted where. */
function refuseUnplanted({ name, agent }: ReadyAgent, task: Task, attack: Attack | null): void {
  if (!agent.isLive || task.skip !== undefined || !attack || attack.inject.length > 0) return;
  throw new AgentopsError(
    'usage',
    `Cannot run task "${task.id}" with the attack "${attack.name}" by ${name}: the attack has no inject, which a live agent needs`,
  );
}

function upTo(trials: number): number[] {
  return Array.from({ length: trials }, (_, at) => at + 1);
}

function rowOf(
  { suite, name }: ReadyAgent,
  task: Task | null,
  attack: string | null,
  numbers: number[],
): PlanRow {
  const names = { suite: suite.name, task: task?.id ?? null, agent: name, attack };
  const trials = numbers.length;
  return {
    ...names,
    tags: [...(task?.tags ?? [])],
    ...(task?.skip !== undefined && { skip: task.skip }),
    pass: task?.pass ?? suite.pass ?? 'all',
    trials,
    ...(numbers.at(-1) !== trials && { numbers }),
    trial_ids: numbers.map((trial) => trialId({ ...names, trial })),
    ...(task && { at: { file: shownPath(suite.root, task.at.file), line: task.at.line } }),
  };
}

function refuseTooFew({ task, pass, trials }: PlanRow): void {
  if (typeof pass !== 'object' || !('at_least' in pass) || pass.at_least <= trials) return;
  throw new AgentopsError(
    'usage',
    `Cannot run task "${task}" with --trials ${trials}: its pass at_least: ${pass.at_least} can never be met`,
  );
}

/** A path as reports show it: relative to the project, with slashes. */
export function shownPath(root: string, file: string): string {
  return path.relative(root, file).split(path.sep).join('/') || file;
}

/** Leaves a row only the trials with those ids; the others passed before. */
function restrict(ready: ReadyRow, only: ReadonlySet<string> | undefined): ReadyRow[] {
  if (!only) return [ready];
  const { row } = ready;
  const numbers = row.trial_ids.flatMap((id, at) => (only.has(id) ? [trialNumber(row, at)] : []));
  if (numbers.length === 0) return [];
  if (numbers.length === row.trials) return [ready];
  const trial_ids = row.trial_ids.filter((id) => only.has(id));
  const left_out = row.trials - numbers.length;
  return [{ ...ready, row: { ...row, trials: numbers.length, numbers, left_out, trial_ids } }];
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
