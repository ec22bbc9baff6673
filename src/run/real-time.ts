import { setTimeout as wait } from 'node:timers/promises';
import type { LiveOptions } from './run-options.ts';

/** The longest that a timer of Node can wait. */
const LONGEST_MS = 2 ** 31 - 1;

/** Time as it passes, and chance. */
export function realTime(): Pick<LiveOptions, 'clock' | 'after' | 'patience'> {
  return {
    clock: () => performance.now(),
    after: (ms, run) => {
      const timer = setTimeout(run, Math.min(Math.max(ms, 0), LONGEST_MS));
      return () => clearTimeout(timer);
    },
    patience: {
      sleep: (ms, signal) => wait(Math.min(Math.max(ms, 0), LONGEST_MS), undefined, { signal }),
      random: Math.random,
      now: Date.now,
    },
  };
}
