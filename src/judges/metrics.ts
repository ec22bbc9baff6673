import * as z from 'zod';
import { OutOfBudget } from '../match/budget.ts';
import type { View } from '../match/view.ts';
import type { Outcome } from '../model/verdict.ts';
import { unfaulted } from '../suite/unfaulted.ts';
import { failed, type JudgeKind, type Prepared, passed, undecided } from './judge.ts';
import { type ComparedCall, comparedCalls } from './metrics/compared-call.ts';
import { knownMetrics } from './metrics/known-metrics.ts';
import type { Metric, Sides } from './metrics/metric.ts';
import {
  type Compared,
  patternsOfReference,
  Reference,
  referenceFaults,
  referenceTurns,
} from './metrics/reference.ts';
import { partOf } from './parts-of.ts';

/** What rounding may take from a mean that reaches its threshold. */
const ROUNDING = 1e-9;

const Metrics = z
  .strictObject({
    reference: Reference.describe(
      'The expected calls, with literal arguments: a list, or one list for each turn of the user',
    ),
    ...Object.fromEntries(
      knownMetrics.map(({ name, schema, words }) => [name, schema.optional().describe(words)]),
    ),
  })
  .refine((value) => askedOf(value).length > 0, unfaulted(`Give at least one metric: ${names()}`))
  .check(({ value, issues }) => {
    if (issues.length > 0) return;
    const compares = askedOf(value).map(({ metric, options }) => metric.compares(options));
    const compared = {
      args: compares.some(({ args }) => args),
      output: compares.some(({ output }) => output),
    };
    for (const { path, message } of referenceFaults(value.reference, compared, ['reference'])) {
      issues.push({ code: 'custom', message, input: value, path: [...path] });
    }
  });

interface Asked {
  readonly metric: Metric;
  readonly options: Readonly<Record<string, unknown>>;
}

/** Numbers that people know by name, each with a verdict of its own whose score is the number. */
export const metrics: JudgeKind = {
  key: 'metrics',
  kind: 'rule',
  words: 'Numbers known by name, such as tool_call_f1, against a reference of expected calls',
  schema: Metrics,
  patterns: (value) => patternsOfReference(partOf(value, 'reference'), ['reference']),
  verdicts: (value) => askedOf(value).map(({ metric }) => [metric.name]),
  prepare: (value, setting) => {
    const turns = referenceTurns(partOf(value, 'reference') as unknown[]); // validated
    const sidesOf = rememberedSides(turns);
    return askedOf(value).map(({ metric, options }): Prepared => {
      const least = typeof options['at_least'] === 'number' ? options['at_least'] : 1;
      const compared = metric.compares(options);
      const judge = (view: View): Outcome => {
        const sides = sidesOf(view);
        const unsure = setting.reading === 'yes' ? notKnown(sides.made, compared) : null;
        if (unsure !== null) return undecided(unsure);
        return measured(metric, least, () => metric.measure(sides, options));
      };
      return { suffix: [metric.name], needsCalls: true, judge };
    });
  },
};

/** Makes the calls of a trajectory comparable once, however many metrics are asked for. */
function rememberedSides(turns: Sides['turns']): (view: View) => Sides {
  const expected = turns.flat();
  const known = new WeakMap<View, Sides>();
  return (view) => {
    const sides = known.get(view) ?? { turns, expected, made: comparedCalls(view.calls), view };
    known.set(view, sides);
    return sides;
  };
}

function names(): string {
  return knownMetrics.map(({ name }) => name).join(', ');
}

function askedOf(value: unknown): Asked[] {
  return knownMetrics.flatMap((metric) => {
    const asked = partOf(value, metric.name);
    if (asked === undefined) return [];
    return [{ metric, options: asked === true ? {} : (asked as Asked['options']) }]; // validated
  });
}

/** Why the number is not certain, for a place where a number that is too low would let a trial pass. */
function notKnown(made: readonly ComparedCall[], compared: Compared): string | null {
  const hidden = made.find(
    ({ key, output }) => (compared.args && key === null) || (compared.output && output === null),
  );
  return hidden ? `What is known of a call of ${hidden.tool} is not enough to compare it` : null;
}

function measured(
  { name }: Metric,
  least: number,
  measure: () => ReturnType<Metric['measure']>,
): Outcome {
  try {
    const found = measure();
    if (typeof found === 'string') return undecided(found);
    const { words, steps = [] } = found;
    const value = Math.min(1, Math.max(0, found.value));
    const details = { metric: name, value, at_least: least };
    if (value >= least - ROUNDING) {
      const outcome = passed(`${rounded(value)}: ${words}`, [], details);
      return { ...outcome, score: value };
    }
    const reason = `${rounded(value)}, wanted at least ${least}: ${words}`;
    return { ...failed(reason, steps, details), score: value };
  } catch (thrown) {
    if (thrown instanceof OutOfBudget) return undecided(thrown.message);
    throw thrown;
  }
}

/** Up to four digits, cut off and not rounded, so that a number below its threshold looks it. */
function rounded(value: number): string {
  return String(Math.floor(value * 1e4 + ROUNDING) / 1e4);
}
