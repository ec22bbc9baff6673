import { compileMatcher, EXACT } from '../match/compile.ts';
import { matcherSchema } from '../match/schema.ts';
import { NO_CAPTURES } from '../match/scope.ts';
import { holds } from '../match/tri.ts';
import type { Outcome } from '../model/verdict.ts';
import { failed, type JudgeKind, NO_FAULTS, passed, undecided } from './judge.ts';

/** How the trajectory ended; a ceiling that was reached fails whatever is accepted. */
export const stop: JudgeKind = {
  key: 'stop',
  kind: 'rule',
  words: 'How it ended: completed, limit, agent_error, terminated, interrupted or null',
  schema: matcherSchema,
  prepare: (value, setting) => {
    const matcher = compileMatcher(value, EXACT, NO_FAULTS);
    const wanted = matcher.words(NO_CAPTURES);
    return [
      {
        suffix: [],
        needsCalls: false,
        judge: ({ trajectory }): Outcome => {
          const ended = trajectory.stop;
          if (ended === 'limit') return failed(`It reached a ceiling${named(trajectory.limit)}`);
          if (holds(matcher.test(ended, SCOPE), setting.reading))
            return passed(`It ended: ${ended}`);
          if (ended === null) return undecided(`How it ended is not known, wanted ${wanted}`);
          return failed(`It ended with ${ended}, wanted ${wanted}`);
        },
      },
    ];
  },
};

const SCOPE = { env: NO_CAPTURES, relaxed: null, step: 0, provenance: null };

function named(limit: string | null | undefined): string {
  return limit ? `: ${limit}` : '';
}
