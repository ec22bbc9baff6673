import type { Planned } from '../agents/agent.ts';
import { rowKey } from '../agents/recording-index.ts';
import type { PlanRow } from '../model/plan.ts';
import { attacksOf } from './attacks-of.ts';
import type { ReadyAgent, ReadyRow } from './plan-rows.ts';

/** Warnings about recorded lines that no trial of a plan takes; what filters left out is taken elsewhere. */
export function leftOver(agents: readonly ReadyAgent[], rows: readonly ReadyRow[]): string[] {
  return agents.flatMap((ready) => ready.agent.leftOver(plannedOf(ready, rows)));
}

const NONE: Planned = { has: () => false };

function plannedOf(
  ready: ReadyAgent,
  rows: readonly ReadyRow[],
): (task: string, attack: string | null) => Planned | null {
  const planned = new Map<string, Planned>();
  const known = new Map<string, ReadonlySet<string | null>>();
  for (const { row, task, ready: of } of rows) {
    if (of !== ready || !task) continue;
    planned.set(rowKey(task.id, row.attack), trialsOf(row));
    if (known.has(task.id)) continue;
    const names = attacksOf(ready.suite, task).map((attack) => attack?.name ?? null);
    known.set(task.id, new Set(names));
  }
  return (task, attack) => {
    const trials = planned.get(rowKey(task, attack));
    const names = known.get(task);
    return trials ?? (names && !names.has(attack) ? NONE : null);
  };
}

/** The trials of a row; those that a rerun leaves out are taken too, they passed before. */
function trialsOf({ trials, numbers, left_out = 0 }: PlanRow): Planned {
  if (!numbers) return { has: (trial) => trial <= trials };
  const taken = new Set(numbers);
  return { has: (trial) => taken.has(trial) || (left_out > 0 && trial <= trials + left_out) };
}
