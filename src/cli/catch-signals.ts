import { killAllPrograms } from '../agents/process/live-programs.ts';
import type { EndSignal } from './exit-code.ts';

/** Interruptions of this process. */
export interface CaughtSignals {
  /** Aborts with the first of them. */
  readonly signal: AbortSignal;
  /** The one that came, null for none. */
  caught(): EndSignal | null;
}

/** Turns the first interruption into an abort, so that what was done is kept; a later one, a second or more after it, ends the process at once, and `atOnce` is told before. */
export function catchSignals(atOnce: () => void): CaughtSignals {
  const abort = new AbortController();
  let first: { name: EndSignal; at: number } | null = null;
  for (const name of ['SIGINT', 'SIGTERM'] as const) {
    process.on(name, () => {
      if (first === null) {
        first = { name, at: performance.now() };
        abort.abort();
      } else if (performance.now() - first.at >= 1000) {
        atOnce();
        process.exit(name === 'SIGINT' ? 130 : 143);
      }
    });
  }
  // A terminal that is closed asks to end, too
  process.on('SIGHUP', () => process.emit('SIGTERM'));
  // However this process ends, no agent lives on
  process.on('exit', killAllPrograms);
  return { signal: abort.signal, caught: () => first?.name ?? null };
}
