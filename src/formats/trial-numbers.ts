import type { Trajectory } from '../model/trajectory.ts';

/** Gives each trajectory a trial number of its own among those of its agent, task and attack: the one it has, or the least that is free. */
export function trialNumbers(): (trajectory: Trajectory) => number {
  const rows = new Map<string, { taken: Set<number>; free: number }>();
  return ({ agent, task, attack, trial }) => {
    const key = JSON.stringify([agent, task, attack ?? null]);
    const row = rows.get(key) ?? { taken: new Set(), free: 1 };
    rows.set(key, row);
    while (row.taken.has(row.free)) row.free++;
    const number = row.taken.has(trial) ? row.free : trial;
    row.taken.add(number);
    return number;
  };
}
