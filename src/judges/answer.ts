import { compileMatcher, PARTIAL } from '../match/compile.ts';
import { matcherSchema } from '../match/schema.ts';
import { NO_CAPTURES } from '../match/scope.ts';
import { showValue } from '../match/show.ts';
import { ABSENT, holds } from '../match/tri.ts';
import { failed, type JudgeKind, NO_FAULTS, passed } from './judge.ts';

/** The final answer matches. */
export const answer: JudgeKind = {
  key: 'answer',
  kind: 'rule',
  words: 'The final answer: the last assistant message, if no call follows it',
  schema: matcherSchema,
  prepare: (value, setting) => {
    const matcher = compileMatcher(value, PARTIAL, NO_FAULTS);
    const wanted = matcher.words(NO_CAPTURES);
    return [
      {
        suffix: [],
        needsCalls: false,
        judge: (view) => {
          const final = view.answer();
          const scope = view.scopeAt(final === ABSENT ? view.steps.length : final.step);
          const found = matcher.test(final === ABSENT ? ABSENT : final.text, scope);
          const steps = final === ABSENT ? [] : [final.step];
          if (holds(found, setting.reading)) return passed('The answer is as wanted', steps);
          const was =
            final === ABSENT
              ? 'There is no final answer'
              : `The answer is ${showValue(final.text)}`;
          return failed(`${was}, wanted ${wanted}`, steps);
        },
      },
    ];
  },
};
