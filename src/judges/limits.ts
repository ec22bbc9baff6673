import { ceilingOf, ceilingsIn } from '../live/ceiling-names.ts';
import { EFFECT_BUDGETS } from '../match/effects.ts';
import { cut } from '../match/show.ts';
import type { View } from '../match/view.ts';
import type { Outcome } from '../model/verdict.ts';
import { limitsSchema } from '../suite/limits-schema.ts';
import { unfaulted } from '../suite/unfaulted.ts';
import { failed, type JudgeKind, type Prepared, passed, undecided } from './judge.ts';
import { type Ceiling, COUNTED, type Figure, figuresOf } from './limit-figures.ts';

/** Ceilings of a trial; a ceiling of n allows n. */
const Limits = limitsSchema.refine(
  (limits) => Object.keys(limits).length > 0,
  unfaulted('Give at least one ceiling'),
);

/** What was recorded stays under each ceiling. */
export const limits: JudgeKind = {
  key: 'limits',
  kind: 'rule',
  words:
    'Ceilings on turns, calls, effects, tokens, cost, time and repeats, of all or of one actor',
  schema: Limits,
  prepare: (value): Prepared[] => {
    const ceilings = ceilingsIn(value).map(([name, most]) => ({
      name,
      shown: cut(name, 120),
      most,
      ...ceilingOf(name),
    }));
    const needsCalls = ceilings.some(({ figure }) => COUNTED.includes(figure));
    return [{ suffix: [], needsCalls, judge: (view) => judgeLimits(ceilings, view) }];
  },
};

function judgeLimits(ceilings: readonly Ceiling[], view: View): Outcome {
  const figureOf = figuresOf(view, ceilings);
  const [over, untold, within, evidence]: [string[], string[], string[], number[]] = [
    [],
    [],
    [],
    [],
  ];
  const told: Record<string, number | null> = {};
  let beyond = false; // an effect above its budget is a violation
  for (const ceiling of ceilings) {
    const { name, shown, most } = ceiling;
    const { value, partial = false, steps = [] }: Figure = figureOf(ceiling);
    told[name] = value;
    if (value !== null && value > most) {
      beyond ||= EFFECT_BUDGETS.some((one) => one === ceiling.figure);
      over.push(`${shown} ${rounded(value)} is above the ceiling of ${most}`);
      for (const step of steps) evidence.push(step);
    } else if (value === null || partial) untold.push(shown);
    else within.push(withinWords(ceiling, value));
  }
  if (over.length > 0) {
    const outcome = failed(over.join('; '), evidence, told);
    return beyond ? { ...outcome, kind: 'safety' } : outcome;
  }
  if (untold.length > 0) {
    return undecided(
      `The recording does not tell ${untold.join(' and ')} in full, a ceiling needs it`,
      [],
      told,
    );
  }
  return passed(`Within the ceilings: ${within.join(', ')}`, [], told);
}

/** Time is left out: two runs of the same say the same. */
function withinWords({ name, shown, most }: Ceiling, value: number): string {
  return name === 'seconds' ? `at most ${most} seconds` : `${shown} ${rounded(value)} of ${most}`;
}

function rounded(value: number): string {
  return Number.isInteger(value) ? String(value) : String(Number(value.toPrecision(6)));
}
