import { cohenKappa } from './cohen-kappa.ts';

/** How two raters sorted the same items: a row for each class of the first, a column for each class of the second. */
export interface Confusion<Class> {
  /** Of rows and of columns alike. */
  readonly classes: readonly Class[];
  readonly counts: readonly (readonly number[])[];
}

/** Counts pairs of classes; classes that are not named beforehand follow as they come. */
export function confusionOf<Class>(
  pairs: readonly (readonly [Class, Class])[],
  known: readonly Class[] = [],
): Confusion<Class> {
  const places = new Map<Class, number>();
  for (const one of [...known, ...pairs.flat()]) if (!places.has(one)) places.set(one, places.size);
  const counts = Array.from(places, () => new Array<number>(places.size).fill(0));
  for (const [first, second] of pairs) {
    const row = counts[places.get(first) as number] as number[]; // every class has a place
    const column = places.get(second) as number; // as above
    row[column] = (row[column] as number) + 1; // as many columns as classes
  }
  return { classes: [...places.keys()], counts };
}

/** What a judge of yes and no got right and wrong; positive is what the first rater, the truth, says yes to. */
export interface BinaryMatrix {
  readonly true_positive: number;
  readonly false_positive: number;
  readonly false_negative: number;
  readonly true_negative: number;
}

/** Counts judgements against the truth. */
export function binaryMatrix(
  items: Iterable<{ readonly truth: boolean; readonly judged: boolean }>,
): BinaryMatrix {
  const matrix = { true_positive: 0, false_positive: 0, false_negative: 0, true_negative: 0 };
  for (const { truth, judged } of items) {
    matrix[`${truth === judged}_${judged ? 'positive' : 'negative'}`]++;
  }
  return matrix;
}

/** Figures of a binary matrix; each is null where nothing is there to divide by. */
export interface BinaryFigures {
  readonly items: number;
  readonly accuracy: number | null;
  readonly kappa: number | null;
  /** Also called recall: the share of positives that are judged positive. */
  readonly sensitivity: number | null;
  readonly specificity: number | null;
  /** The share of what is judged positive that is. */
  readonly precision: number | null;
}

/** Accuracy, Cohen's kappa, sensitivity, specificity and precision of a binary matrix. */
export function binaryFigures(matrix: BinaryMatrix): BinaryFigures {
  const { true_positive, false_positive, false_negative, true_negative } = matrix;
  const right = true_positive + true_negative;
  const items = right + false_positive + false_negative;
  return {
    items,
    accuracy: shareOf(right, items),
    kappa: cohenKappa([
      [true_positive, false_negative],
      [false_positive, true_negative],
    ]),
    sensitivity: shareOf(true_positive, true_positive + false_negative),
    specificity: shareOf(true_negative, true_negative + false_positive),
    precision: shareOf(true_positive, true_positive + false_positive),
  };
}

function shareOf(part: number, whole: number): number | null {
  return whole === 0 ? null : part / whole;
}
