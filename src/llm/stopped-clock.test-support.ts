import { onAbort } from '../io/on-abort.ts';
import type { Patience } from './patience.ts';

interface Sleeper {
  readonly due: number;
  readonly wake: () => void;
}

/** Time that only passes when a test says so. */
export interface StoppedClock extends Pick<Patience, 'sleep' | 'now'> {
  /** Lets time pass; who sleeps wakes up in order, and what they then do is done before time goes on. */
  pass(ms: number): Promise<void>;
  /** Sets the clock of the wall, as its owner may; sleepers do not notice. */
  set(ms: number): void;
  sleepers(): number;
}

/** Lets everything happen that does not wait for time. */
export async function settle(): Promise<void> {
  for (let turns = 0; turns < 5; turns++) await new Promise((resolve) => setImmediate(resolve));
}

/** Stops time. */
export function stoppedClock(start = Date.parse('2026-11-25T08:00:00Z')): StoppedClock {
  const sleepers = new Set<Sleeper>();
  let passed = 0;
  let wall = start;
  const sleep: Patience['sleep'] = (ms, signal) =>
    new Promise((resolve, reject) => {
      if (signal.aborted) return reject(signal.reason);
      const sleeper = { due: passed + ms, wake: resolve };
      sleepers.add(sleeper);
      onAbort(signal, () => {
        sleepers.delete(sleeper);
        reject(signal.reason);
      });
    });
  const advance = (to: number) => {
    wall += to - passed;
    passed = to;
  };
  const pass = async (ms: number) => {
    await settle();
    const end = passed + ms;
    for (;;) {
      const due = Math.min(...[...sleepers].map((one) => one.due));
      if (due > end) break;
      advance(Math.max(due, passed));
      for (const one of sleepers) {
        if (one.due > passed) continue;
        sleepers.delete(one);
        one.wake();
      }
      await settle();
    }
    advance(end);
  };
  const set = (ms: number) => {
    wall = ms;
  };
  return { sleep, now: () => wall, pass, set, sleepers: () => sleepers.size };
}
