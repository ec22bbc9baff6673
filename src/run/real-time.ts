import { after } from '../io/after.ts';
import { onAbort } from '../io/on-abort.ts';
import type { LiveOptions } from './run-options.ts';

/** Time as it passes, and chance. */
export function realTime(): Pick<LiveOptions, 'clock' | 'after' | 'patience'> {
  return {
    clock: () => performance.now(),
    after,
    patience: {
      sleep,
      random: Math.random,
      now: Date.now,
    },
  };
}

/** As that of `node:timers/promises`, without a listener of its own on a signal that thousands may share. */
function sleep(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    if (signal.aborted) return reject(signal.reason);
    const wake = after(ms, () => {
      forget();
      resolve();
    });
    const forget = onAbort(signal, () => {
      wake();
      reject(signal.reason);
    });
  });
}
