import type { ComparedCall } from './compared-call.ts';
import { multisetOverlap, type Overlap } from './multiset-overlap.ts';

/** How the calls made agree with the expected ones, as multisets of calls with their arguments. */
export interface Agreement {
  readonly precision: number;
  readonly recall: number;
  readonly f1: number;
  readonly overlap: Overlap;
}

/** Precision, recall and F1 of the calls made; nothing expected and nothing made is 1, where Ragas gives 0. */
export function precisionRecall(
  expected: readonly ComparedCall[],
  made: readonly ComparedCall[],
): Agreement {
  const keyOf = ({ key }: ComparedCall) => key;
  const overlap = multisetOverlap(expected.map(keyOf), made.map(keyOf));
  const { both } = overlap;
  return {
    precision: ratio(both, made.length, expected.length),
    recall: ratio(both, expected.length, made.length),
    f1: ratio(2 * both, expected.length + made.length, 0),
    overlap,
  };
}

/** A share; of nothing it is 1 if the other side is empty too. */
function ratio(part: number, whole: number, other: number): number {
  if (whole > 0) return part / whole;
  return other === 0 ? 1 : 0;
}
