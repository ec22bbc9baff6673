import type { Diff } from '../diff/diff.ts';
import type { HeldDiff } from '../diff/held-diff.ts';
import { AgentopsError } from '../errors.ts';
import type { FailOn } from '../gate/fail-on.ts';
import { holdComparison } from '../gate/hold-comparison.ts';
import { mergedGate } from '../gate/merged-gate.ts';
import { COMPARISON_DEFAULTS } from '../model/comparison-defaults.ts';
import type { ComparisonGate } from '../model/comparison-gate.ts';
import type { PlanRow } from '../model/plan.ts';
import type { RunSummary } from '../model/run.ts';
import type { TaskChange, TaskSide } from '../model/task-change.ts';
import { spentLevels } from '../stats/spent-levels.ts';
import type { HeldAgainst, LastLook, Look, RowChoice } from './held-against.ts';

/** What a run is held to when it is compared with a baseline. */
export interface BaselineOptions {
  readonly rules: readonly FailOn[];
  /** Loss of pass rate that does not count. */
  readonly margin: number;
  readonly until?: HeldAgainst['until'];
  /** Compares the run in a folder, that came to so much, with the baseline; intervals are of that level. */
  readonly compare: (dir: string, summary: RunSummary, level: number) => Promise<Diff>;
}

/** A baseline that a run is held against. */
export interface AgainstBaseline extends HeldAgainst {
  /** What came of it in the end; null before, and where it could not be compared. */
  comparison(): HeldDiff | null;
}

/** Spent over all looks together. */
const ALPHA = COMPARISON_DEFAULTS.alpha;
const METHOD = 'group-sequential, alpha spent over the looks by a union bound';

/** Holds a run against a baseline. With `until`, each look spends its part of alpha; a group that passed at a look stays so, and only groups that are open get more trials. */
export function againstBaseline({
  rules,
  margin,
  until,
  compare,
}: BaselineOptions): AgainstBaseline {
  /** Groups that passed, and at which look. */
  const passed = new Map<string, number>();
  let comparison: HeldDiff | null = null;
  const lookAt = async (dir: string, summary: RunSummary, { look, looks }: Look) => {
    const alpha = (looks > 1 ? spentLevels(looks, ALPHA)[look - 1] : null) ?? ALPHA;
    const diff = await compare(dir, summary, 1 - alpha);
    const isSettled = (suite: string, agent: string) =>
      (passed.get(groupKey(suite, agent)) ?? look) < look;
    const settled =
      passed.size > 0 ? { has: isSettled, shown: shownOf(diff, isSettled) } : undefined;
    return { alpha, diff, gate: holdComparison(diff.summary, rules, { margin, alpha, settled }) };
  };
  return {
    ...(until && { until }),
    comparison: () => comparison,
    decide: async (dir, summary, at) => {
      const found = await lookAt(dir, summary, at).catch(passInternal); // the end tells why
      if (found === null || !isOpen(found)) return null;
      for (const { suite, agent, status } of found.gate.groups ?? []) {
        const key = groupKey(suite, agent);
        if (status === 'pass' && !passed.has(key)) passed.set(key, at.look);
      }
      return openRows(found.diff, found.gate);
    },
    conclude: async (dir, summary, last) => {
      try {
        const { alpha, diff, gate: held } = await lookAt(dir, summary, last);
        const gate = until ? sequential(held, last, alpha) : held;
        comparison = { diff, gate };
        const stored = { diff: diff.summary, gate };
        return { ...summary, gate: mergedGate(summary.gate, gate), comparison: stored };
      } catch (thrown) {
        return uncompared(summary, thrown);
      }
    },
  };
}

/** The trials were paid for: a baseline that cannot be read then leaves the gate in error, and the run as it is. */
function uncompared(summary: RunSummary, thrown: unknown): RunSummary {
  if (!(thrown instanceof AgentopsError) || thrown.code === 'internal') throw thrown;
  const { status, reasons } = summary.gate;
  const reason = `Baseline: the run could not be compared with it: ${thrown.message}`;
  return {
    ...summary,
    gate: { status: status === 'fail' ? status : 'error', reasons: [...reasons, reason] },
  };
}

function passInternal(thrown: unknown): null {
  if (thrown instanceof AgentopsError && thrown.code !== 'internal') return null;
  throw thrown;
}

/** Tasks whose regression holds, in groups that are still tested. */
function shownOf(diff: Diff, isSettled: (suite: string, agent: string) => boolean): number {
  let shown = 0;
  for (const task of diff.tasks()) {
    if (task.shown && !isSettled(task.suite, task.agent.head ?? '')) shown++;
  }
  return shown;
}

/** Whether more trials may decide it: it is undecided, or nothing is amiss but that tasks have fewer trials than in the baseline. */
function isOpen({ diff: { summary }, gate }: HeldDiff): boolean {
  if (gate.status !== 'error') return gate.status === 'inconclusive';
  const { counts, base, head } = summary;
  const isWhole = base.status === 'completed' && head.status === 'completed';
  const isCovered = counts.compared > 0 && counts.missing === 0 && counts.lost === 0;
  return isWhole && isCovered && gate.rules.every(({ status }) => status !== 'error');
}

/** The rows whose trials can decide what is open: compared ones of open groups, of all groups where a figure of them together is, and those with fewer trials than in the baseline; null where more trials decide nothing. */
function openRows(diff: Diff, { rules, groups = [] }: ComparisonGate): RowChoice | null {
  const own = ['regression', 'inconclusive'];
  const isWhole = rules.some(
    ({ rule, status }) => status === 'inconclusive' && !own.includes(rule),
  );
  const open = new Set(
    groups
      .filter(({ status }) => status === 'inconclusive')
      .map(({ suite, agent }) => groupKey(suite, agent)),
  );
  const isFewer = diff.summary.counts.smaller > 0;
  const wanted = new Set<string>();
  for (const task of diff.tasks()) {
    const agent = task.agent.head ?? '';
    const isAsked =
      isWhole || open.has(groupKey(task.suite, agent)) || (isFewer && isSmaller(task));
    if (task.compared && isAsked) {
      wanted.add(rowKey({ suite: task.suite, task: task.task, attack: task.attack, agent }));
    }
  }
  return wanted.size === 0 ? null : (row) => wanted.has(rowKey(row));
}

function isSmaller({ base, head }: TaskChange): boolean {
  return base !== null && head !== null && decidedOf(head) < decidedOf(base);
}

function decidedOf({ passed, failed }: TaskSide): number {
  return passed + failed;
}

/** Says at which look it was decided, or why it was not. */
function sequential(gate: ComparisonGate, last: LastLook, alpha: number): ComparisonGate {
  const { look, looks } = last;
  const isOpen = gate.status === 'inconclusive';
  const stopped = isOpen ? last.stopped : null;
  const why =
    stopped === null
      ? `still inconclusive after ${look} of ${looks} looks`
      : `no more trials were run: ${stopped}`;
  return {
    ...gate,
    reasons: isOpen ? [...gate.reasons, why] : gate.reasons,
    alpha: ALPHA,
    sequential: { look, looks, alpha, method: METHOD, stopped },
  };
}

function groupKey(suite: string, agent: string): string {
  return JSON.stringify([suite, agent]);
}

function rowKey(row: Pick<PlanRow, 'suite' | 'task' | 'attack' | 'agent'>): string {
  return JSON.stringify([row.suite, row.task, row.attack, row.agent]);
}
