import { isObject } from '../json/object.ts';
import type { Ceilings } from '../live/ceilings.ts';
import type { Suite, Task } from '../model/suite.ts';

/** What no live trial may go beyond, whatever its suite says: a trial always ends, and its record can be written. */
const DEFAULTS: Ceilings = { seconds: 600, turns: 1000, steps: 300_000, bytes: 64 * 1024 * 1024 };

/** The ceilings that stop a live trial: the lowest that suite and task require, with defaults for those that they leave open. */
export function ceilingsOf(suite: Suite, task: Task): Ceilings {
  const lowest: Record<string, number> = {};
  const stated = [suite.limits, task.limits, suite.expect['limits'], task.expect['limits']];
  for (const limits of stated) {
    if (!isObject(limits)) continue;
    for (const [key, most] of Object.entries(limits)) {
      if (typeof most === 'number') lowest[key] = Math.min(most, lowest[key] ?? most);
    }
  }
  return { ...DEFAULTS, ...lowest };
}
