import * as z from 'zod';
import type { Call } from '../match/calls.ts';
import { PARTIAL } from '../match/compile.ts';
import { type CallPattern, REQUIRING } from '../match/pattern.ts';
import { requiringPatternSchema, selectingPatternSchema } from '../match/schema.ts';
import { type Env, NO_CAPTURES } from '../match/scope.ts';
import { compilePatterns, matchesOf, SELECTS } from '../match/select.ts';
import { showCall } from '../match/show.ts';
import { flip, type Reading } from '../match/tri.ts';
import type { View } from '../match/view.ts';
import type { Outcome } from '../model/verdict.ts';
import { type Earlier, earlierCalls } from './earlier-calls.ts';
import { failed, type JudgeKind, NO_FAULTS, passed } from './judge.ts';
import { itemsOf, patternsUnder } from './parts-of.ts';

interface Rule {
  first: CallPattern;
  then: CallPattern;
}

/** Each call that `then` selects has an earlier, answered call of `first` whose captures agree with it. */
export const before: JudgeKind = {
  key: 'before',
  kind: 'rule',
  words: 'Each call of `then` has a call of `first`, answered before it',
  schema: z
    .array(
      z.strictObject({
        first: requiringPatternSchema.describe('The call that must have been answered'),
        then: selectingPatternSchema.describe('The calls that need it'),
      }),
    )
    .min(1),
  patterns: (value) =>
    itemsOf(value).flatMap(({ item, index }) => [
      ...patternsUnder(item, 'first', [index]),
      ...patternsUnder(item, 'then', [index]),
    ]),
  prepare: (value, setting) => {
    const rules = (value as { first: unknown; then: unknown }[]).flatMap(
      ({ first, then }): Rule[] => {
        // validated
        const [one] = compilePatterns(first, { ...REQUIRING, args: PARTIAL }, NO_FAULTS);
        const [two] = compilePatterns(then, SELECTS, NO_FAULTS);
        return one && two ? [{ first: one, then: two }] : [];
      },
    );
    const judge = (view: View): Outcome => judgeRules(rules, view, setting.reading);
    return [{ suffix: [], needsCalls: true, judge }];
  },
};

function judgeRules(rules: readonly Rule[], view: View, reading: Reading): Outcome {
  const faults: { call: Call; rule: Rule }[] = [];
  const evidence: number[] = [];
  for (const rule of rules) {
    const firsts = firstsOf(rule, view, reading);
    const before = earlierCalls(firsts, rule.then);
    const isSelected = selector(rule, view, reading);
    for (const call of view.calls) {
      if (!isSelected(call)) continue;
      const found = firstThat(before(call), ({ env }) => agrees(rule, call, view, env));
      if (found) evidence.push(found.call.step, call.step);
      else faults.push({ call, rule });
    }
  }
  const [first] = faults;
  if (!first) return passed('Each such call had the other before it', [...new Set(evidence)]);
  return failed(
    words(first.call, first.rule, faults.length),
    faults.map(({ call }) => call.step),
  );
}

/** Calls that were answered; under a `not` also those of which that is not known, as if they were answered at once. */
function firstsOf({ first }: Rule, view: View, reading: Reading): Earlier[] {
  return view.calls.flatMap((call) => {
    const isUnknown = call.status === 'unknown';
    if (call.status !== 'ok' && !(isUnknown && reading === 'yes')) return [];
    const answered = isUnknown ? call.step : call.resultStep;
    return matchesOf(first, call, view, reading).map((env) => ({ call, answered, env }));
  });
}

function agrees({ then }: Rule, call: Call, view: View, env: Env): boolean {
  return matchesOf(then, call, view, 'yes', env).length > 0;
}

function firstThat<T>(items: Iterable<T>, holds: (item: T) => boolean): T | null {
  for (const item of items) if (holds(item)) return item;
  return null;
}

/** Tells whether a call needs the other before it: refs to what `first` captures read as anything. */
function selector({ first, then }: Rule, view: View, reading: Reading): (call: Call) => boolean {
  const free = new Set(first.binds.filter((name) => !then.binds.includes(name)));
  return (call) => matchesOf(then, call, view, flip(reading), NO_CAPTURES, free).length > 0;
}

function words(call: Call, rule: Rule, count: number): string {
  const more = count > 1 ? ` (and ${count - 1} more)` : '';
  const wanted = rule.first.words(NO_CAPTURES);
  return `Step ${call.step} calls ${showCall(call.tool, call.args)} without an answered call of ${wanted} before it${more}`;
}
