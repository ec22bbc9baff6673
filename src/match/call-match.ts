import { bindFills } from './bind-fills.ts';
import { OutOfBudget } from './budget.ts';
import type { Call } from './calls.ts';
import type { CaptureProblem, Fill } from './capture-problem.ts';
import { fillInOrder } from './captured-ordered.ts';
import { fillOrderless } from './captured-orderless.ts';
import type { Element } from './element.ts';
import { fillOrdered } from './fill-ordered.ts';
import { fillWithoutOrder } from './fill-without-order.ts';
import type { CallMatch, Filled, Matching } from './matching.ts';
import { type ModeRule, modeRules } from './mode-rules.ts';
import { type Env, NO_CAPTURES } from './scope.ts';
import { holds } from './tri.ts';
import { type Units, unitsOf } from './unit.ts';

/** Decides a list mode exactly. Throws `OutOfBudget` where captures or orders are too many to try. */
export function matchCalls(matching: Matching): CallMatch {
  const { elements, calls, view, reading } = matching;
  const units = unitsOf(elements, calls.length);
  const { patterns } = units;
  const captures = patterns.some((one) => one.binds.length + one.refs.length > 0);
  const scopes = (call: Call) => view.scopeAt(call.step);
  const possible = memoised(patterns.length, calls.length, (pattern, call) => {
    const made = calls[call] as Call; // call < calls.length
    const scope = captures ? { ...scopes(made), relaxed: 'all' as const } : scopes(made);
    return holds(patterns[pattern]?.test(made, scope) ?? 0, reading);
  });
  const problem: CaptureProblem = { patterns, calls, reading, possible, scopeOf: scopes };
  const relaxed = resultOf(matching, units, fill(matching, units, possible), NO_CAPTURES);
  if (!captures) return relaxed;
  const bound = relaxed.pass ? capturedFills(matching, units, problem) : null;
  const { fills, env } = bindFills(problem, bound ?? relaxed.fills, matching.mode);
  if (bound) return { ...resultOf(matching, units, { fills: bound }, env), pass: true };
  return { ...resultOf(matching, units, { fills }, env), pass: false };
}

function fill(
  matching: Matching,
  units: Units,
  possible: (pattern: number, call: number) => boolean,
): Filled {
  return modeRules[matching.mode].ordered
    ? fillOrdered(matching, units, possible)
    : fillWithoutOrder(matching, units, possible);
}

function capturedFills(
  matching: Matching,
  units: Units,
  problem: CaptureProblem,
): readonly Fill[] | null {
  const rule = modeRules[matching.mode];
  if (problem.patterns.length > 500) throw new OutOfBudget('captures');
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
      matched: filled.matched,
      missing,
      refused,
      env,
      traced: false,
    };
  }
  const { fills } = filled;
  const missing = elements.map((element, index) => stillWanted(element, index, units, fills, rule));
  const refused = rule.refusesOthers ? calls.length - fills.length : 0;
  const pass = refused === 0 && missing.every((count) => count === 0);
  return {
    matching,
    units,
    pass,
    fills,
    matched: fills.length,
    missing,
    refused,
    env,
    traced: true,
  };
}

function stillWanted(
  element: Element,
  index: number,
  { elementOf }: Units,
  fills: readonly Fill[],
  rule: ModeRule,
): number {
  if (!rule.needsAll) return 0;
  let has = 0;
  for (const { pattern } of fills) if (elementOf[pattern] === index) has++;
  if (element.kind === 'any_order') return element.patterns.length - has;
  if (has === 0 && element.count.optional) return 0;
  return Math.max(0, element.count.min - has);
}

function memoised(
  rows: number,
  columns: number,
  test: (row: number, column: number) => boolean,
): (row: number, column: number) => boolean {
  const known = new Int8Array(rows * columns);
  return (row, column) => {
    const at = row * columns + column;
    if (known[at] === 0) known[at] = test(row, column) ? 1 : -1;
    return known[at] === 1;
  };
}
