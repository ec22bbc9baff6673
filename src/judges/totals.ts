import * as z from 'zod';
import { decimalSum } from '../json/decimal-sum.ts';
import { isObject } from '../json/object.ts';
import type { Call } from '../match/calls.ts';
import { compileMatcher, EXACT } from '../match/compile.ts';
import type { Matcher } from '../match/matcher.ts';
import { type CallPattern, REQUIRING } from '../match/pattern.ts';
import { readPattern } from '../match/pattern-source.ts';
import { isUnsafe } from '../match/same-json.ts';
import { matcherSchema, selectingPatternSchema } from '../match/schema.ts';
import { NO_CAPTURES } from '../match/scope.ts';
import { compilePatterns, matchesSome, SELECTS } from '../match/select.ts';
import { showValue } from '../match/show.ts';
import { flip, holds, type Reading } from '../match/tri.ts';
import type { View } from '../match/view.ts';
import type { Outcome } from '../model/verdict.ts';
import type { NameAt } from '../suite/kinds.ts';
import { allOf, failed, type JudgeKind, NO_FAULTS, passed, undecided } from './judge.ts';
import { oneOrList } from './one-or-list.ts';
import { itemsOf, partOf, patternsUnder } from './parts-of.ts';

const Total = z.strictObject({
  of: oneOrList(selectingPatternSchema).describe('The calls whose argument is summed'),
  arg: z.string().min(1).describe('Name of the argument'),
  must: matcherSchema.describe('What the sum must be'),
});
type Total = z.infer<typeof Total>;

interface Rule {
  of: CallPattern[];
  arg: string;
  must: Matcher;
}

/** The sum of an argument over the selected calls matches; none is 0. */
export const totals: JudgeKind = {
  key: 'totals',
  kind: 'rule',
  words: 'The sum of an argument over calls matches',
  schema: z.array(Total).min(1),
  patterns: (value) =>
    itemsOf(value).flatMap(({ item, index }) => patternsUnder(item, 'of', [index])),
  names: (value) => itemsOf(value).flatMap(({ item, index }) => argumentNames(item, index)),
  prepare: (value, setting) => {
    const rules = (value as Total[]).map(
      ({ of, arg, must }): Rule => ({
        // validated
        of: compilePatterns(of, SELECTS, NO_FAULTS),
        arg,
        must: compileMatcher(must, EXACT, NO_FAULTS),
      }),
    );
    const judge = (view: View): Outcome =>
      allOf(rules.map((rule) => judgeTotal(rule, view, setting.reading)));
    return [{ suffix: [], needsCalls: true, judge }];
  },
};

/** The argument that is summed, once for each tool whose calls are. */
function argumentNames(total: unknown, index: number): NameAt[] {
  const argument = partOf(total, 'arg');
  if (typeof argument !== 'string') return [];
  return patternsUnder(total, 'of').flatMap(({ pattern }): NameAt[] => {
    const read = readPattern(pattern, REQUIRING, () => {}, []);
    return read ? [{ path: [index, 'arg'], on: 'value', tool: read.tool, argument }] : [];
  });
}

function judgeTotal(rule: Rule, view: View, reading: Reading): Outcome {
  const selected = view.calls.filter((call) => matchesSome(rule.of, call, view, flip(reading)));
  const steps = selected.map((call) => call.step);
  const amounts = selected.map((call) => amountOf(call, rule.arg));
  const bad = amounts.findIndex((amount) => typeof amount !== 'number' || isUnsafe(amount));
  if (bad !== -1) {
    const found = amounts[bad] === undefined ? 'nothing' : showValue(amounts[bad], 60);
    return undecided(
      `Step ${steps[bad]} has ${found} for ${rule.arg}, a number is needed for the sum`,
      steps,
    );
  }
  const sum = decimalSum(amounts as number[]); // checked above
  const answer = rule.must.test(sum, view.scopeAt(Number.POSITIVE_INFINITY));
  const over = `over ${selected.length} call${selected.length === 1 ? '' : 's'}`;
  if (holds(answer, reading)) return passed(`${rule.arg} sums to ${sum} ${over}`, steps, { sum });
  const wanted = rule.must.words(NO_CAPTURES);
  return failed(`${rule.arg} sums to ${sum} ${over}, wanted ${wanted}`, steps, { sum, wanted });
}

function amountOf(call: Call, arg: string): unknown {
  return isObject(call.args) && Object.hasOwn(call.args, arg) ? call.args[arg] : undefined;
}
