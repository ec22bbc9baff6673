import { type BoundedValues, chanceAtMost, lowestMean } from './bounded-mean.ts';
import {
  type ComparedSide,
  type ComparedTasks,
  differenceErrors,
  typicalTrials,
} from './compared-tasks.ts';
import type { Interval } from './intervals.ts';
import { meanOf } from './standard-error.ts';
import { tBelow, tQuantile } from './student-t.ts';

/** What is known of a difference: its one-sided p against any limit, and its bounds, which agree with each other. */
export interface Evidence {
  /** Against lying at or below the limit. */
  readonly pAbove: (limit: number) => number;
  /** Against lying at or above the limit. */
  readonly pBelow: (limit: number) => number;
  /** Bounds of which each is missed with a chance of alpha. */
  readonly bounds: (alpha: number) => Interval;
}

/** By Student's t; null without an error or degrees of freedom. */
export function evidenceOfError(center: number, error: number, df: number): Evidence | null {
  if (!(error > 0 && df > 0)) return null;
  return {
    pAbove: (limit) => tBelow((limit - center) / error, df),
    pBelow: (limit) => tBelow((center - limit) / error, df),
    bounds: (alpha) => {
      const half = tQuantile(1 - alpha, df) * error;
      return { lower: center - half, upper: center + half };
    },
  };
}

/** By Student's t with the greater of both errors. */
export function evidenceOfTasks(tasks: ComparedTasks): Evidence | null {
  const { random, fixed, df } = differenceErrors(tasks);
  return evidenceOfError(meanOf(tasks.differences), Math.max(random, fixed), df);
}

/** Without assuming any distribution, of differences between −1 and 1; unlike t this knows that rare great losses may not have been seen. How great is `unseenChange`. Of single trials it is as strict as McNemar's exact test. */
export function evidenceOfBounded(tasks: ComparedTasks): Evidence {
  const sample = groupedDifferences(tasks, tasks.head);
  const { values, ...gains } = groupedDifferences(tasks, tasks.base);
  const mirrored = { ...gains, values: values.map((value) => -value) };
  return {
    pAbove: (limit) => chanceAtMost(sample, limit),
    pBelow: (limit) => chanceAtMost(mirrored, -limit),
    bounds: (alpha) => ({
      lower: Math.max(-1, lowestMean(sample, alpha)),
      upper: Math.min(1, -lowestMean(mirrored, alpha)),
    }),
  };
}

/** Holds only what both kinds of evidence say. */
export function bothOf(first: Evidence, second: Evidence | null): Evidence {
  if (!second) return first;
  return {
    pAbove: (limit) => Math.max(first.pAbove(limit), second.pAbove(limit)),
    pBelow: (limit) => Math.max(first.pBelow(limit), second.pBelow(limit)),
    bounds: (alpha) => {
      const [one, other] = [first.bounds(alpha), second.bounds(alpha)];
      return {
        lower: Math.min(one.lower, other.lower),
        upper: Math.max(one.upper, other.upper),
      };
    },
  };
}

/** A task, or all tasks of a cluster: its difference, and whether any was seen. */
interface Unit {
  sum: number;
  size: number;
  varies: boolean;
}

/** The units that a comparison has, each of them a cluster. */
export function unitsOf({ base, head, differences, clusters }: ComparedTasks): Unit[] {
  const units = new Map<number, Unit>();
  differences.forEach((difference, at) => {
    const key = clusters?.[at] ?? at;
    const unit = units.get(key) ?? { sum: 0, size: 0, varies: false };
    unit.sum += difference;
    unit.size++;
    unit.varies ||= difference !== 0 || !!base.noise[at] || !!head.noise[at];
    units.set(key, unit);
  });
  return [...units.values()];
}

/** Change of a task that may be there although none was seen, if this version were tried so many times as often: the mean size of the changes that were, with one trial that went otherwise. The question is about these tasks, and each of them was tried. */
export function unseenChange(tasks: ComparedTasks, version: ComparedSide, times = 1): number {
  return changeOf(unitsOf(tasks), version, times);
}

function changeOf(units: readonly Unit[], version: ComparedSide, times = 1): number {
  let [sizes, varying] = [0, 0];
  for (const { sum, size, varies } of units) {
    sizes += Math.abs(sum / size);
    if (varies) varying++;
  }
  const trial = 1 / (typicalTrials(version) * times);
  return Math.min(1 / (1 + varying), trial) + sizes / (1 + varying) / Math.sqrt(times);
}

/** The differences, beyond which one of that size may not have been seen. */
function groupedDifferences(tasks: ComparedTasks, version: ComparedSide): BoundedValues {
  const units = unitsOf(tasks);
  const groups = new Map<number, { value: number; weight: number; count: number }>();
  for (const { sum, size } of units) {
    // Differences are told apart to a millionth, sizes of clusters fully
    const key = Math.round((sum / size + 1) * 1e6) + size * 1e7;
    const group = groups.get(key);
    if (group) group.count++;
    else groups.set(key, { value: sum / size, weight: size, count: 1 });
  }
  const all = [...groups.values()];
  return {
    values: all.map(({ value }) => value),
    counts: all.map(({ count }) => count),
    weights: all.map(({ weight }) => weight),
    least: -changeOf(units, version),
    most: units.reduce((most, { size }) => Math.max(most, size), 0),
  };
}
