import { type Attempt, MOST_TRIES } from './attempt.ts';
import type { Asker } from './model-source.ts';

/** Time and chance, as parameters. */
export interface Patience {
  /** Waits for milliseconds; rejects at once when the signal aborts. */
  readonly sleep: (ms: number, signal: AbortSignal) => Promise<void>;
  /** A number from 0 up to but not 1. */
  readonly random: () => number;
  /** Milliseconds since 1970. */
  readonly now: () => number;
}

/** What came of it in the end. */
type Settled<Reply> = Exclude<Attempt<Reply>, { kind: 'later' }>;

const FIRST_WAIT = 500;
const LONGEST_WAIT = 30_000;
/** The longest wait that an endpoint may ask for. */
const MOST_ASKED = 120_000;
/** Spreads trials that were all told to come back after the same time. */
const SPREAD = 1000;
/** Waits are told in parts, so that a clock that leaves them out is never far off. */
const PART = 250;

/** Tries until there is an answer or no more sense in it; waits in between with growing time and full jitter. Throws the reason of the signal once that is aborted. */
export async function withPatience<Reply>(
  attempt: () => Promise<Attempt<Reply>>,
  asker: Pick<Asker, 'signal' | 'waited'>,
  patience: Patience,
): Promise<Settled<Reply>> {
  for (let tried = 1; ; tried++) {
    const outcome = await attempt();
    if (outcome.kind !== 'later') return outcome;
    const { why, after, tries } = outcome;
    if (after !== null && after > MOST_ASKED) {
      const seconds = Math.ceil(after / 1000);
      const asked = `it asks to wait ${seconds} s, and more than 120 s are not waited for`;
      return { kind: 'never', why: `${why}; ${asked}`, lasting: after };
    }
    if (tried >= Math.min(tries, MOST_TRIES)) {
      return { kind: 'never', why: `${why}; given up after ${tried} tries`, givenUp: true };
    }
    await wait(waitFor(tried, after, patience.random()), asker, patience);
  }
}

function waitFor(tried: number, after: number | null, random: number): number {
  if (after !== null && after > 0) return after + random * Math.min(SPREAD, after);
  return random * Math.min(LONGEST_WAIT, FIRST_WAIT * 2 ** (tried - 1));
}

async function wait(
  ms: number,
  { signal, waited }: Pick<Asker, 'signal' | 'waited'>,
  { sleep }: Patience,
): Promise<void> {
  for (let left = ms; left > 0; left -= PART) {
    const part = Math.min(PART, left);
    signal.throwIfAborted();
    await sleep(part, signal).catch((thrown) => {
      signal.throwIfAborted(); // with its own reason, whatever the sleeper made of it
      throw thrown;
    });
    signal.throwIfAborted();
    waited(part);
  }
}
