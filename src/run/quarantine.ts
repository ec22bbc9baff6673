import type { Quarantine } from '../model/plan.ts';
import type { ReadyRow } from './plan-rows.ts';

const DAY = 24 * 60 * 60 * 1000;

/** A quarantine that ends within so many days is warned of. */
const SOON = 7;

/** Puts the rows in quarantine whose tasks are, at that time; a quarantine lasts to the end of its last day, in UTC. */
export function withQuarantine(rows: readonly ReadyRow[], now: number): ReadyRow[] {
  return rows.map((ready) => {
    const { quarantine: _, ...row } = ready.row;
    const own = quarantineOf(ready);
    if (!own || row.skip !== undefined || daysLeft(own, now) < 0) return { ...ready, row };
    return { ...ready, row: { ...row, quarantine: own } };
  });
}

/** Warns of each quarantine of a planned task that is over, or will be soon. */
export function quarantineWarnings(rows: readonly ReadyRow[], now: number): string[] {
  const lines = rows.flatMap((ready): string[] => {
    const own = quarantineOf(ready);
    if (!own || ready.row.skip !== undefined) return [];
    const left = daysLeft(own, now);
    const of = `${ready.row.suite}: the quarantine of task "${ready.row.task}"`;
    if (left < 0)
      return [`${of} was over after ${own.until}, so it counts again; ask ${own.owner}`];
    if (left > SOON) return [];
    const when = left === 0 ? 'today' : left === 1 ? 'tomorrow' : `in ${left} days`;
    return [`${of} ends ${when}, after ${own.until}; ask ${own.owner}`];
  });
  return [...new Set(lines)];
}

function quarantineOf({ ready: { suite }, task }: ReadyRow): Quarantine | undefined {
  const { quarantine = {} } = suite;
  return task && Object.hasOwn(quarantine, task.id) ? quarantine[task.id] : undefined;
}

/** Days from that of a time to the last of a quarantine, below 0 once it is over. */
function daysLeft({ until }: Quarantine, now: number): number {
  return Math.round(Date.parse(until) / DAY) - Math.floor(now / DAY);
}
