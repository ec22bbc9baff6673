import { isDoneOtherwise } from '../../diff/align-trajectories.ts';
import type { StepDiff, StepPair } from '../../diff/step-diff.ts';
import type { Step } from '../../model/trajectory.ts';
import { counted, countText } from '../figures.ts';

/** The steps of both sides of an alignment. */
export interface BothSteps {
  readonly base: readonly Step[];
  readonly head: readonly Step[];
}

/** A pair to show, by its index, or the words for a stretch that is folded. */
export type Folded = { readonly index: number } | { readonly fold: string };

/** The pairs to show: where something else was done, `most` of them, and one beside each; the rest is folded. */
export function foldedPairs(diff: StepDiff, steps: BothSteps, most: number): Folded[] {
  const shown = indexesToShow(diff, steps, most);
  const folded: Folded[] = [];
  let from = 0;
  for (let at = 0; at <= diff.pairs.length; at++) {
    if (at < diff.pairs.length && !shown.has(at)) continue;
    if (at > from) folded.push(...foldOf(diff.pairs, from, at, steps));
    if (at < diff.pairs.length) folded.push({ index: at });
    from = at + 1;
  }
  return folded;
}

function indexesToShow(
  { pairs, divergence, firstWords }: StepDiff,
  steps: BothSteps,
  most: number,
): Set<number> {
  const weighty: number[] = [];
  for (const [at, pair] of pairs.entries()) {
    if (weighty.length === most) break;
    if (isDoneOtherwise(pair, steps.base, steps.head)) weighty.push(at);
  }
  if (divergence === null && firstWords !== null) weighty.push(firstWords);
  return new Set(weighty.flatMap((at) => [at - 1, at, at + 1]));
}

/** A stretch as one fold, or as itself where that takes no more room. */
function foldOf(pairs: readonly StepPair[], from: number, to: number, steps: BothSteps): Folded[] {
  if (to - from === 1) return [{ index: from }];
  const stretch = pairs.slice(from, to);
  const same = stretch.filter(({ kind }) => kind === 'same').length;
  const done = stretch.filter((pair) => isDoneOtherwise(pair, steps.base, steps.head)).length;
  const words = stretch.length - same - done;
  const parts = [
    ...(same > 0 ? [`${countText(same)} the same`] : []),
    ...(words > 0 ? [`${countText(words)} in other words`] : []),
    ...(done > 0 ? [`${countText(done)} that differ`] : []),
  ];
  const all = counted(stretch.length, 'step');
  const text = same === stretch.length ? `${all} the same` : `${all}: ${parts.join(', ')}`;
  return [{ fold: text }];
}
