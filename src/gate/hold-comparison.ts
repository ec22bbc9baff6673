import type { ComparisonGate } from '../model/comparison-gate.ts';
import type { DiffSummary } from '../model/diff.ts';
import { holm } from '../stats/holm.ts';
import { type AskedRule, type Part, reasonsOf } from './asked-rule.ts';
import { coverageParts } from './comparison-coverage.ts';
import { violationParts } from './comparison-safety.ts';
import { anyFailRule, flakyRule } from './count-rules.ts';
import { type FailOn, REGRESSION } from './fail-on.ts';
import { figureRule } from './figure-rule.ts';
import { type RegressionOptions, regressionRule } from './regression-rule.ts';
import { worstStatus } from './worst-status.ts';

/** How a comparison is held. */
export interface HoldOptions extends RegressionOptions {
  /** Chance of a failed gate where nothing changed, at most; the intervals of the comparison are of the level 1 − alpha. Half of it is for pass rates and figures, half for single tasks. */
  readonly alpha: number;
}

/** Holds rules (`regression` where there is none) against what two runs differ in. */
export function holdComparison(
  summary: DiffSummary,
  rules: readonly FailOn[],
  options: HoldOptions,
): ComparisonGate {
  const { margin, alpha } = options;
  const failing = rules.filter(({ rule }) => rule !== 'inconclusive');
  const asked = (failing.length > 0 ? failing : [REGRESSION]).map((rule) =>
    askedRule(summary, rule, options),
  );
  const ps = asked.flatMap((one) => one.ps);
  const corrected = holm(ps);
  let at = 0;
  const answers = asked.map((one) => {
    const own = corrected.slice(at, at + one.ps.length);
    at += one.ps.length;
    return { asked: one, own, parts: one.answer(own, alpha / 2) };
  });
  const parts = [
    ...coverageParts(summary),
    ...violationParts(summary),
    ...answers.flatMap((one) => one.parts),
  ];
  const groups = answers.find((one) => one.asked.rule === 'regression');
  return {
    status: worstStatus(parts.map(({ status }) => status)),
    reasons: reasonsOf(parts),
    margin,
    alpha,
    rules: [
      ...answers.map((one) => ({
        rule: one.asked.rule,
        status: worstStatus(one.parts.map((part) => part.status)),
        p: least(one.asked.ps),
        p_holm: least(one.own),
        reason: reasonsOf(one.parts).join('; '),
      })),
      ...(rules.length > failing.length ? [inconclusiveRule(parts)] : []),
    ],
    tested: ps.filter((p) => p !== null).length,
    ...(groups && { groups: groupsOf(summary, groups) }),
  };
}

function askedRule(summary: DiffSummary, rule: FailOn, options: HoldOptions): AskedRule {
  switch (rule.rule) {
    case 'regression':
    case 'inconclusive':
      return regressionRule(summary, options);
    case 'any-fail':
      return anyFailRule(summary);
    case 'flaky':
      return flakyRule(summary);
    case 'figure':
      return figureRule(summary, rule);
  }
}

/** Says that an undecided comparison counts. */
function inconclusiveRule(parts: readonly Part[]): ComparisonGate['rules'][number] {
  const isOpen = parts.some(({ status }) => status === 'inconclusive');
  return {
    rule: 'inconclusive',
    status: isOpen ? 'inconclusive' : 'pass',
    ...{ p: null, p_holm: null },
    reason: isOpen ? 'Not everything could be decided' : 'Nothing is undecided',
  };
}

/** The answers about groups stand last among the parts of the rule, in their order. */
function groupsOf(
  { groups }: DiffSummary,
  {
    asked,
    own,
    parts,
  }: { asked: AskedRule; own: readonly (number | null)[]; parts: readonly Part[] },
): ComparisonGate['groups'] {
  const last = parts.slice(parts.length - groups.length);
  return groups.map(({ suite, agent }, at) => ({
    suite,
    agent: agent.head,
    status: last[at]?.status ?? 'error',
    p: asked.ps[at] ?? null,
    p_holm: own[at] ?? null,
  }));
}

function least(ps: readonly (number | null)[]): number | null {
  const known = ps.filter((p) => p !== null);
  return known.length === 0 ? null : Math.min(...known);
}
