import { bindFills } from './bind-fills.ts';
import type { BitTable } from './bit-table.ts';
import type { Call } from './calls.ts';
import type { CaptureProblem, Fill } from './capture-problem.ts';
import { fillInOrder } from './captured-ordered.ts';
import { fillOrderless } from './captured-orderless.ts';
import type { Element } from './element.ts';
import { fillOrdered } from './fill-ordered.ts';
import { fillWithoutOrder } from './fill-without-order.ts';
import type { CallMatch, Filled, Matching } from './matching.ts';
import { type ModeRule, modeRules } from './mode-rules.ts';
import { possibleFills } from './possible-fills.ts';
import { type Env, NO_CAPTURES } from './scope.ts';
import { type Units, unitsOf } from './unit.ts';

/** Decides a list mode exactly. Throws `OutOfBudget` where captures or orders are too many to try. */
export function matchCalls(matching: Matching): CallMatch {
  const { elements, calls, view, reading } = matching;
  const units = unitsOf(elements, calls.length);
  const { patterns } = units;
  const captures = patterns.some((one) => one.binds.length + one.refs.length > 0);
  const scopeOf = (call: Call) => view.scopeAt(call.step);
  const possible = possibleFills(matching, patterns);
  const problem: CaptureProblem = { patterns, calls, reading, possible, scopeOf };
  const relaxed = resultOf(
    matching,
    units,
    fill(matching, units, possible, !captures),
    NO_CAPTURES,
  );
  if (!captures) return relaxed;
  const bound = relaxed.pass ? capturedFills(matching, units, problem) : null;
  const late = (pattern: number) =>
    !modeRules[matching.mode].ordered || elementOf(matching, units, pattern)?.kind === 'any_order';
  const { fills, env } = bindFills(problem, bound ?? relaxed.fills, late);
  if (bound) return { ...resultOf(matching, units, { fills: bound }, env), pass: true };
  const best = resultOf(matching, units, { fills }, env);
  // What fails shows where: a fill with captures that seemed to agree is the one that cannot
  const shown = best.pass ? resultOf(matching, units, { fills: fills.slice(0, -1) }, env) : best;
  return { ...shown, pass: false };
}

function elementOf({ elements }: Matching, units: Units, pattern: number): Element | undefined {
  return elements[units.elementOf[pattern] ?? -1];
}

function fill(matching: Matching, units: Units, possible: BitTable, near: boolean): Filled {
  return modeRules[matching.mode].ordered
    ? fillOrdered(matching, units, possible, near)
    : fillWithoutOrder(matching, possible, near);
}

function capturedFills(
  matching: Matching,
  units: Units,
  problem: CaptureProblem,
): readonly Fill[] | null {
  const rule = modeRules[matching.mode];
  if (!rule.ordered) {
    const counts = matching.elements.map((element) => element.count);
    return fillOrderless({ ...problem, counts, rule });
  }
  const groupOf = matching.calls.map((call) => call.parallel);
  return fillInOrder({ ...problem, units: units.units, groupOf, exact: rule.refusesOthers });
}

function resultOf(matching: Matching, units: Units, filled: Filled, env: Env): CallMatch {
  const { elements, calls } = matching;
  const rule: ModeRule = modeRules[matching.mode];
  if (!('fills' in filled)) {
    const refused = rule.refusesOthers ? calls.length - filled.matched : 0;
    const missing = [filled.missing];
    const pass = filled.missing === 0 && refused === 0;
    return {
      matching,
      units,
      pass,
      fills: [],
      near: [],
      matched: filled.matched,
      missing,
      refused,
      env,
      traced: false,
    };
  }
  const { fills, near = [] } = filled;
  const missing = stillWanted(elements, units, fills, rule);
  const refused = rule.refusesOthers ? calls.length - fills.length : 0;
  const pass = refused === 0 && missing.every((count) => count === 0);
  return {
    matching,
    units,
    pass,
    fills,
    near,
    matched: fills.length,
    missing,
    refused,
    env,
    traced: true,
  };
}

/** How many calls each element still wants. */
function stillWanted(
  elements: readonly Element[],
  { elementOf }: Units,
  fills: readonly Fill[],
  rule: ModeRule,
): number[] {
  if (!rule.needsAll) return elements.map(() => 0);
  const has = new Int32Array(elements.length);
  for (const { pattern } of fills) {
    const element = elementOf[pattern] as number; // every pattern belongs to one
    has[element] = (has[element] as number) + 1;
  }
  return elements.map(({ kind, patterns, count }, index) => {
    const met = has[index] as number; // index < length
    if (kind === 'any_order') return patterns.length - met;
    return met === 0 && count.optional ? 0 : Math.max(0, count.min - met);
  });
}
