import { isObject } from '../json/object.ts';
import { compileMatcher, PARTIAL } from '../match/compile.ts';
import { explainDifference } from '../match/explain.ts';
import type { Matcher } from '../match/matcher.ts';
import { matcherSchema } from '../match/schema.ts';
import { NO_CAPTURES, type Scope } from '../match/scope.ts';
import { holds, NO, type Tri } from '../match/tri.ts';
import type { Difference } from '../model/alignment.ts';
import type { Outcome } from '../model/verdict.ts';
import { failed, type JudgeKind, NO_FAULTS, passed, undecided } from './judge.ts';

/** Differences that a reason tells; the rest stands in the details. */
const MOST_TOLD = 10;
const MOST_KEPT = 100;

/** The final world matches, in part. */
export const world: JudgeKind = {
  key: 'world',
  kind: 'rule',
  words: 'The final world matches, in part at every depth',
  schema: matcherSchema,
  oddities: (value) =>
    isObject(value) && Object.keys(value).length === 0
      ? [{ path: [], message: 'An empty map asks nothing of the world' }]
      : [],
  prepare: (value, setting) => {
    const matcher = compileMatcher(value, PARTIAL, NO_FAULTS);
    return [
      {
        suffix: [],
        needsCalls: false,
        judge: (view): Outcome => {
          const final = view.trajectory.world ?? null;
          if (final === null) return undecided('The trajectory holds no final world');
          const scope = view.scopeAt(view.steps.length);
          if (holds(answerOf(matcher, final, scope), setting.reading)) {
            return passed('The world is as wanted');
          }
          return differs(matcher.differences(final, scope, ''), matcher);
        },
      },
    ];
  },
};

/** What a matcher says, captures inside of it included. */
function answerOf(matcher: Matcher, value: unknown, scope: Scope): Tri {
  if (matcher.binds.length === 0) return matcher.test(value, scope);
  let best: Tri = NO;
  for (const { answer } of matcher.solve(value, scope)) if (answer > best) best = answer;
  return best;
}

function differs(differences: readonly Difference[], matcher: Matcher): Outcome {
  if (differences.length === 0) {
    return failed(`The world is not as wanted: ${matcher.words(NO_CAPTURES)}`);
  }
  const told = differences.slice(0, MOST_TOLD).map((one) => {
    return explainDifference(one.path === '' ? { ...one, path: 'the world' } : one);
  });
  const left = differences.length - told.length;
  if (left > 0) told.push(`and ${left} more`);
  const details = { differences: differences.slice(0, MOST_KEPT) };
  return failed(`In the world: ${told.join('; ')}`, [], details);
}
