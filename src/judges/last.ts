import * as z from 'zod';
import type { Call } from '../match/calls.ts';
import { explainDifference } from '../match/explain.ts';
import { type CallPattern, REQUIRING } from '../match/pattern.ts';
import { requiringPatternSchema, selectingPatternSchema } from '../match/schema.ts';
import { type Env, NO_CAPTURES } from '../match/scope.ts';
import { compilePatterns, matchesOf, SELECTS } from '../match/select.ts';
import { showCall } from '../match/show.ts';
import { flip, type Reading } from '../match/tri.ts';
import type { View } from '../match/view.ts';
import type { Outcome } from '../model/verdict.ts';
import { failed, type JudgeKind, NO_FAULTS, passed } from './judge.ts';
import { oneOrList } from './one-or-list.ts';
import { patternsUnder } from './parts-of.ts';

/** The last call that `of` selects matches `is`. */
export const last: JudgeKind = {
  key: 'last',
  kind: 'rule',
  words: 'The last call that matches `of` matches `is`',
  schema: z.strictObject({
    of: oneOrList(selectingPatternSchema).describe('A pattern, or a list of which one matches'),
    is: requiringPatternSchema.describe('What the last of those calls must be'),
  }),
  patterns: (value) => [...patternsUnder(value, 'of'), ...patternsUnder(value, 'is')],
  prepare: (value, setting) => {
    const { of, is } = value as { of: unknown; is: unknown }; // validated
    const selects = compilePatterns(of, SELECTS, NO_FAULTS);
    const [wanted] = compilePatterns(is, REQUIRING, NO_FAULTS);
    if (!wanted) return [];
    const judge = (view: View): Outcome => judgeLast(selects, wanted, view, setting.reading);
    return [{ suffix: [], needsCalls: true, judge }];
  },
};

/** Calls issued together have no order: any of them may have been the last, so each must be what is wanted. */
function judgeLast(
  selects: readonly CallPattern[],
  wanted: CallPattern,
  view: View,
  reading: Reading,
): Outcome {
  const found = view.calls.flatMap((call) => {
    const envs = selects.flatMap((one) => matchesOf(one, call, view, flip(reading)));
    return envs.length > 0 ? [{ call, envs }] : [];
  });
  const final = found.at(-1);
  if (!final) {
    return failed(`No call of ${selects.map((one) => one.words(NO_CAPTURES)).join(' or ')}`);
  }
  const group = final.call.parallel;
  const lasts = found.filter(
    ({ call }) => call === final.call || (group !== undefined && call.parallel === group),
  );
  const wrong = lasts.find(
    ({ call, envs }) => !envs.some((env) => matchesOf(wanted, call, view, reading, env).length > 0),
  );
  const steps = lasts.map(({ call }) => call.step);
  return wrong
    ? failed(words(wrong.call, wanted, view, wrong.envs[0]), steps)
    : passed('The last such call is as wanted', steps);
}

function words(call: Call, wanted: CallPattern, view: View, env: Env = NO_CAPTURES): string {
  const shown = `The last such call, step ${call.step}, is ${showCall(call.tool, call.args)}`;
  if (!wanted.isOfTool(call)) return `${shown}, wanted ${wanted.words(env)}`;
  const differences = wanted
    .differences(call, { ...view.scopeAt(call.step), env })
    .map(explainDifference);
  return `${shown}: ${differences.join('; ') || `wanted ${wanted.words(env)}`}`;
}
