import { compileMatcher, EXACT } from '../match/compile.ts';
import { didYouMean } from '../match/nearest-name.ts';
import type { Path } from '../match/operator.ts';
import { matcherSchema } from '../match/schema.ts';
import { NO_CAPTURES } from '../match/scope.ts';
import { showValue } from '../match/show.ts';
import { holds } from '../match/tri.ts';
import { Stop } from '../model/status.ts';
import type { Trajectory } from '../model/trajectory.ts';
import type { Outcome } from '../model/verdict.ts';
import type { OddityAt } from '../suite/kinds.ts';
import { failed, type JudgeKind, NO_FAULTS, passed, undecided } from './judge.ts';
import { entriesOf, itemsOf } from './parts-of.ts';

/** How the trajectory ended; a ceiling that was reached fails whatever is accepted. */
export const stop: JudgeKind = {
  key: 'stop',
  kind: 'rule',
  words: 'How it ended: completed, limit, agent_error, terminated, interrupted or null',
  schema: matcherSchema,
  problems: (value) => unknownStops(value, []),
  prepare: (value, setting) => {
    const matcher = compileMatcher(value, EXACT, NO_FAULTS);
    const wanted = matcher.words(NO_CAPTURES);
    return [
      {
        suffix: [],
        needsCalls: false,
        judge: ({ trajectory }): Outcome => {
          const ended = trajectory.stop;
          const reason = why(trajectory);
          if (ended === 'limit') {
            return failed(`It reached a ceiling${named(trajectory.limit, reason)}${reason}`);
          }
          if (holds(matcher.test(ended, SCOPE), setting.reading))
            return passed(`It ended: ${ended}`);
          if (ended === null) return undecided(`How it ended is not known, wanted ${wanted}`);
          return failed(`It ended with ${ended}, wanted ${wanted}${reason}`);
        },
      },
    ];
  },
};

/** Operators that hold one value or matcher, or several. */
const ONE = ['$eq', '$ne', '$not', '$optional'];
const SEVERAL = ['$in', '$nin', '$and', '$or'];

/** Texts with which a stop is compared, and that it never is. */
function unknownStops(value: unknown, path: Path): OddityAt[] {
  if (typeof value === 'string' && !stops.includes(value)) {
    return [{ path, message: `Unknown stop ${showValue(value, 80)}: ${didYouMean(value, stops)}` }];
  }
  return entriesOf(value).flatMap(([key, inner]): OddityAt[] => {
    const at = [...path, key];
    if (ONE.includes(key)) return unknownStops(inner, at);
    if (!SEVERAL.includes(key)) return [];
    return itemsOf(inner).flatMap(({ item, index }) => unknownStops(item, [...at, index]));
  });
}

const stops: readonly string[] = Stop.options;

/** What a live agent was stopped for, or broke with. */
function why(trajectory: Trajectory): string {
  const reason = trajectory['stop_reason'];
  return typeof reason === 'string' && reason !== '' ? `: ${reason.slice(0, SHOWN)}` : '';
}

const SHOWN = 1000;

const SCOPE = { env: NO_CAPTURES, relaxed: null, step: 0, provenance: null };

/** The ceiling, where the reason does not say which. */
function named(limit: string | null | undefined, reason: string): string {
  return limit && !reason.includes(limit) ? `: ${limit}` : '';
}
