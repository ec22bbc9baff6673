import type { EndSignal } from './exit-code.ts';

/** Interruptions of a process that waits for another one. */
export interface Interruptions {
  /** Aborts with the first. */
  readonly first: AbortSignal;
  /** Aborts with a later one, when somebody will not wait. */
  readonly again: AbortSignal;
  /** The first that came, null for none. */
  caught(): EndSignal | null;
}

/** A signal within this many milliseconds of the first is the same one: a terminal gives it to all. */
const SAME_MS = 1000;

/** Catches what interrupts this process from now on; ending it is left to the caller. */
export function catchInterruptions(): Interruptions {
  const [first, again] = [new AbortController(), new AbortController()];
  let caught: { name: EndSignal; at: number } | null = null;
  for (const name of ['SIGINT', 'SIGTERM'] as const) {
    process.on(name, () => {
      if (caught === null) {
        caught = { name, at: performance.now() };
        first.abort();
      } else if (performance.now() - caught.at >= SAME_MS) again.abort();
    });
  }
  // A terminal that is closed asks to end, too
  process.on('SIGHUP', () => process.emit('SIGTERM'));
  return { first: first.signal, again: again.signal, caught: () => caught?.name ?? null };
}
