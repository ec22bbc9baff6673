import { setMaxListeners } from 'node:events';

/** What a run as a whole may use. */
export interface RunCeilings {
  readonly maxCostUsd?: number;
  readonly maxSeconds?: number;
}

/** Holds the ceilings of a run. */
export interface RunMeter {
  /** Aborts with a reason for people when a ceiling is reached or the run is interrupted. */
  readonly signal: AbortSignal;
  /** Whether costs must be known. */
  readonly needsCost: boolean;
  /** Adds what an exchange with a model cost. */
  spend(usd: number): void;
  /** Why nothing more is run, null while something may be. */
  stopped(): string | null;
  /** Why so many more trials would go beyond a ceiling, by the mean of those that were run; null where they would not. */
  lacksRoom(ran: number, more: number): string | null;
  /** What came near a ceiling or reached it. */
  warnings(): string[];
  close(): void;
}

/** What the ceilings of a run are held with. */
export interface RunMeterOptions {
  readonly ceilings: RunCeilings;
  /** Our own interruption. */
  readonly signal: AbortSignal;
  readonly now: () => number;
  readonly after: (ms: number, run: () => void) => () => void;
}

const NEARLY = 0.8;

/** Starts to hold the ceilings of a run. */
export function runMeter({ ceilings, signal, now, after }: RunMeterOptions): RunMeter {
  const { maxCostUsd, maxSeconds } = ceilings;
  const abort = new AbortController();
  setMaxListeners(0, abort.signal); // every trial that runs listens
  const started = now();
  let spent = 0;
  let why: string | null = null;
  const stop = (reason: string) => {
    why ??= reason;
    abort.abort();
  };
  const interrupt = () => stop('Interrupted');
  if (signal.aborted) interrupt();
  else signal.addEventListener('abort', interrupt, { once: true });
  const reached = (ceiling: string) =>
    `Not run to its end: the run reached its ceiling of ${ceiling}`;
  const cancel =
    maxSeconds === undefined
      ? () => undefined
      : after(maxSeconds * 1000, () => stop(reached(`${maxSeconds} seconds (--max-seconds)`)));
  const shares = (): [string, number][] => {
    const cost: [string, number][] =
      maxCostUsd === undefined ? [] : [[`$${maxCostUsd} (--max-cost)`, spent / maxCostUsd]];
    const seconds = (now() - started) / 1000;
    return maxSeconds === undefined
      ? cost
      : [...cost, [`${maxSeconds} seconds (--max-seconds)`, seconds / maxSeconds]];
  };
  return {
    signal: abort.signal,
    needsCost: maxCostUsd !== undefined,
    spend: (usd) => {
      spent += usd;
      if (maxCostUsd !== undefined && spent > maxCostUsd)
        stop(reached(`$${maxCostUsd} (--max-cost)`));
    },
    stopped: () => why,
    lacksRoom: (ran, more) => {
      const grown = (ran + more) / Math.max(1, ran);
      const [beyond] = shares().filter(([, share]) => share * grown > 1);
      return beyond
        ? `${more} more would go beyond the ceiling of ${beyond[0]}, at the mean of the trials so far`
        : null;
    },
    warnings: () =>
      shares().flatMap(([ceiling, share]) =>
        share >= NEARLY
          ? [`The run used ${Math.round(share * 100)} % of its ceiling of ${ceiling}`]
          : [],
      ),
    close: () => {
      cancel();
      signal.removeEventListener('abort', interrupt);
    },
  };
}
