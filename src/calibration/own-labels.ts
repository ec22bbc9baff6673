import type { PlacedLabel } from './placed-label.ts';

/** What a judge is held against: the answers that people gave to its own question, or what they say of trials as a whole. */
export interface OwnLabels {
  readonly about: 'judge' | 'trial';
  readonly labels: readonly PlacedLabel[];
}

/** The labels that count for a judge: those that name it; where none does, those of whole trials. */
export function ownLabels(labels: readonly PlacedLabel[], judge: string): OwnLabels {
  const named = labels.filter((label) => label.judge === judge);
  if (named.length > 0) return { about: 'judge', labels: named };
  return { about: 'trial', labels: labels.filter((label) => label.judge === undefined) };
}
