import { ceilingsIn } from '../live/ceiling-names.ts';
import type { Ceilings } from '../live/ceilings.ts';
import type { Suite, Task } from '../model/suite.ts';

/** What no live trial may go beyond, whatever its suite says: a trial always ends, and its record can be written. */
const DEFAULTS: Ceilings = { seconds: 600, turns: 1000, steps: 300_000, bytes: 64 * 1024 * 1024 };

/** The ceilings that stop a live trial: the lowest that suite and task require, with defaults for those that they leave open. */
export function ceilingsOf(suite: Suite, task: Task): Ceilings {
  const lowest: Record<string, number> = {};
  const stated = [suite.limits, task.limits, suite.expect['limits'], task.expect['limits']];
  for (const limits of stated) {
    for (const [name, most] of ceilingsIn(limits)) {
      lowest[name] = Math.min(most, lowest[name] ?? most);
    }
  }
  return { ...DEFAULTS, ...lowest };
}
