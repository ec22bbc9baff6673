import type { HeldDiff } from '../../diff/held-diff.ts';
import type { Look } from '../reporter.ts';

/** Turns a comparison into text in one format, piece by piece. */
export interface DiffReporter {
  /** Its name in `--reporter NAME`. */
  readonly key: string;
  /** One line for people. */
  readonly words: string;
  /** Yields the report in pieces of bounded size. */
  report(reported: HeldDiff, look: Look): AsyncIterable<string>;
}
