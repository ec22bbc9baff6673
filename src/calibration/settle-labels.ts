import { groupBy } from '../json/group-by.ts';
import type { PlacedLabel } from './placed-label.ts';

/** The word with which people say that they cannot tell. */
export const UNSURE = 'unsure';

/** What people come to about one item, null where they are unsure or disagree: the latest label of each person counts. */
export function settleLabels(labels: readonly PlacedLabel[]): PlacedLabel | null {
  const people = groupBy(labels, ({ by }) => by ?? null);
  const latest = [...people.values()].map(latestOf);
  const [first] = latest;
  const isAgreed = latest.every(({ label }) => label === first?.label && label !== UNSURE);
  return isAgreed ? (first ?? null) : null;
}

/** The one with the latest time; of those without a time, or at the same, the one that stands last. */
function latestOf(labels: readonly PlacedLabel[]): PlacedLabel {
  return labels.reduce((latest, one) => (timeOf(one) >= timeOf(latest) ? one : latest));
}

function timeOf({ at }: PlacedLabel): number {
  const time = at === undefined ? Number.NaN : Date.parse(at);
  return Number.isNaN(time) ? Number.NEGATIVE_INFINITY : time;
}
