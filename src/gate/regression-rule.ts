import type { DiffSummary, GroupChange } from '../model/diff.ts';
import { rounded } from '../stats/rounded.ts';
import type { AskedRule, Part } from './asked-rule.ts';
import { violationParts } from './comparison-safety.ts';
import { helpWords, intervalWords, manyOf, pText, shareText } from './comparison-words.ts';

/** What was decided at an earlier look: those groups are not tested again. */
export interface Settled {
  has(suite: string, agent: string): boolean;
  /** Tasks of the other groups whose regression holds. */
  readonly shown: number;
}

/** How the rule `regression` is held. */
export interface RegressionOptions {
  /** Loss of pass rate that does not count. */
  readonly margin: number;
  readonly settled?: Settled | undefined;
}

/** The rule `regression`: the pass rate of a group, a single task, or a violation. */
export function regressionRule(summary: DiffSummary, options: RegressionOptions): AskedRule {
  const { groups, counts } = summary;
  const { settled } = options;
  return {
    rule: 'regression',
    ps: groups.map((group) => (isSettled(group, settled) ? 1 : worseP(group))),
    answer: (corrected, level) => [
      ...violationParts(summary),
      ...taskParts(settled?.shown ?? counts.shown, counts.compared),
      ...groups.map((group, at) =>
        isSettled(group, settled)
          ? settledPart(group, nameOf(group, groups))
          : groupPart(group, nameOf(group, groups), {
              ...{ margin: options.margin, corrected: corrected[at] ?? null, level },
            }),
      ),
    ],
  };
}

function isSettled({ suite, agent }: GroupChange, settled: Settled | undefined): boolean {
  return settled?.has(suite, agent.head) === true;
}

/** One-sided p of the exact test that fits: small where head passes less; null without a test. */
function worseP({ pass_rate: { difference }, tests }: GroupChange): number | null {
  const oneSided = (p: number) => (difference !== null && difference < 0 ? p / 2 : 1);
  if (tests.mcnemar) return oneSided(tests.mcnemar.exact);
  if (tests.stratified) return tests.stratified.lower;
  return tests.sign_flip ? oneSided(tests.sign_flip.p) : null;
}

function taskParts(shown: number, compared: number): Part[] {
  if (shown === 0) return [];
  const verb = shown === 1 ? 'passes' : 'pass';
  const reason = `${manyOf(shown, 'task')} by ${shown === 1 ? 'itself' : 'themselves'} ${verb} less often than chance explains (of ${compared} tested)`;
  return [{ status: 'fail', gravity: 'regression', reason }];
}

/** A group fails where its interval lies below 0 and the exact test agrees, and passes where a loss as great as the margin is ruled out. */
function groupPart(
  group: GroupChange,
  name: string,
  tested: { readonly margin: number; readonly corrected: number | null; readonly level: number },
): Part {
  const { base, head, difference, interval } = group.pass_rate;
  const { margin, corrected, level } = tested;
  if (base === null || head === null || difference === null) {
    const reason = `${name}Pass rate: not known in both runs`;
    return { status: 'error', gravity: 'error', reason };
  }
  const moved = `from ${shareText(base)} to ${shareText(head)}`;
  if (!interval) {
    const reason = `${name}Pass rate ${moved}: how much of that is chance cannot be told`;
    return { status: 'inconclusive', gravity: 'inconclusive', reason };
  }
  const words = intervalWords(difference, interval);
  if (interval.upper < 0 && corrected !== null && corrected <= level) {
    const reason = `${name}Pass rate fell ${moved}: ${words}, ${pText(corrected)}`;
    return { status: 'fail', gravity: 'regression', reason };
  }
  const loss = rounded(margin * 100, 2);
  if (interval.lower > -margin) {
    const reason = `${name}Pass rate ${moved}: ${words}, a loss of ${loss} points is ruled out`;
    return { status: 'pass', gravity: 'pass', reason };
  }
  const reason = `${name}Pass rate ${moved}: ${words}, a loss of ${loss} points is neither shown nor ruled out${helpWords(group)}`;
  return { status: 'inconclusive', gravity: 'inconclusive', reason };
}

function settledPart({ pass_rate: { base, head } }: GroupChange, name: string): Part {
  const moved = `from ${shareText(base ?? 0)} to ${shareText(head ?? 0)}`;
  const reason = `${name}Pass rate ${moved}: an earlier look ruled out a loss`;
  return { status: 'pass', gravity: 'pass', reason };
}

function nameOf({ suite, agent }: GroupChange, groups: readonly GroupChange[]): string {
  return groups.length > 1 ? `${suite} (${agent.head}): ` : '';
}
