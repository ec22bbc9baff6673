import * as z from 'zod';
import { selectingPatternSchema } from '../match/schema.ts';
import { NO_CAPTURES } from '../match/scope.ts';
import { compilePatterns, matchesSome } from '../match/select.ts';
import { holds } from '../match/tri.ts';
import { isStopped } from '../safety/policy/approval-of.ts';
import { asAsked } from '../safety/policy/as-asked.ts';
import { GRANTS } from '../safety/policy/sound-patterns.ts';
import { failed, type JudgeKind, NO_FAULTS, passed } from './judge.ts';
import { itemsOf } from './parts-of.ts';

/** Each was attempted and stopped by the policy or by a person, not by a ceiling. */
export const blocked: JudgeKind = {
  key: 'blocked',
  kind: 'rule',
  words: 'Each was attempted and stopped by the policy',
  schema: z.array(selectingPatternSchema).min(1),
  patterns: (value) => itemsOf(value).map(({ item, index }) => ({ path: [index], pattern: item })),
  prepare: (value, { reading }) => {
    const patterns = compilePatterns(value, GRANTS, NO_FAULTS);
    return [
      {
        suffix: [],
        needsCalls: true,
        judge: (view) => {
          const stopped = view.calls.filter((call) => holds(isStopped(call, view), reading));
          const found = patterns.map((pattern) => ({
            pattern,
            calls: stopped.filter((call) => matchesSome([pattern], asAsked(call), view, reading)),
          }));
          const missing = found.filter(({ calls }) => calls.length === 0);
          if (missing.length > 0) {
            const words = missing.map(({ pattern }) => pattern.words(NO_CAPTURES)).join(', ');
            return failed(`The policy stopped no call of ${words}`);
          }
          const steps = new Set(found.flatMap(({ calls }) => calls.map(({ step }) => step)));
          return passed('Each was attempted and stopped', [...steps]);
        },
      },
    ];
  },
};
