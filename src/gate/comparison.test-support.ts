import type { DiffInterval, DiffSummary, FigureChange, GroupChange } from '../model/diff.ts';
import type { GateStatus } from '../model/status.ts';
import { parseFailOn } from './fail-on.ts';
import { type HoldOptions, holdComparison } from './hold-comparison.ts';

const SIDE = {
  source: 'run' as const,
  agent: null,
  started_at: '2026-11-01T00:00:00Z',
  status: 'completed' as const,
  labels: {},
  git: null,
  gate: 'pass' as const,
  planned: 80,
};

/** Counts of a comparison in which nothing is amiss. */
export const CALM: DiffSummary['counts'] = {
  ...{ compared: 40, regressed: 0, fixed: 0, flaky: 0, same: 40, undecided: 0, new: 0, missing: 0 },
  ...{
    edited: 0,
    edit_unknown: 0,
    edited_worse: 0,
    quarantined: 0,
    skipped: 0,
    smaller: 0,
    lost: 0,
  },
  ...{ shown: 0, violations: 0, unsure: 0, failing: 0, open: 0, newly_flaky: 0, newly_skipped: 0 },
};

/** An interval at 95 %. */
export function within(lower: number, upper: number): DiffInterval {
  return { lower, upper, level: 0.95, method: 'paired_t' };
}

/** A pass rate whose difference has an interval. */
export function passRate(
  difference: number,
  interval: DiffInterval | null,
  more: Partial<FigureChange> = {},
): FigureChange {
  return {
    ...{ key: 'pass_rate', better: 'higher', base: 0.8, head: 0.8 + difference, difference },
    ...{ interval, ratio: null, p: null, test: 'stratified_exact', tasks: 40 },
    ...more,
  };
}

/** A group with several trials of each task, whose exact test gives `lower`. */
export function groupOf(
  difference: number,
  interval: DiffInterval | null,
  lower: number,
  more: Partial<GroupChange> = {},
): GroupChange {
  return {
    suite: 'shop',
    agent: { base: 'bot', head: 'bot' },
    pass_rate: passRate(difference, interval),
    errors: { random_tasks: 0.02, fixed_tasks: 0.02 },
    tests: {
      mcnemar: null,
      stratified: { lower, two_sided: Math.min(1, 2 * lower), method: 'exact' },
      sign_flip: null,
    },
    detectable: 0.06,
    would_help: { more: 'either', tasks: 120, trials: 6 },
    ...more,
  };
}

/** A comparison; what is not given is calm. */
export function summaryOf({
  counts = {},
  base = {},
  head = {},
  ...more
}: {
  readonly counts?: Partial<DiffSummary['counts']>;
  readonly base?: Partial<DiffSummary['base']>;
  readonly head?: Partial<DiffSummary['head']>;
} & Partial<Omit<DiffSummary, 'counts' | 'base' | 'head'>> = {}): DiffSummary {
  return {
    schema_version: 1,
    base: { run: 'b1', ...SIDE, ...base },
    head: { run: 'h1', ...SIDE, ...head },
    aligned_by: ['suite', 'task', 'attack'],
    level: 0.95,
    counts: { ...CALM, ...counts },
    figures: [],
    groups: [groupOf(0, within(-0.02, 0.02), 0.5)],
    ...{ judges: [], attacks: [], missing: [], smaller: [], violations: [], warnings: [] },
    ...more,
  };
}

/** What rules are held with unless something else is said. */
export const OPTIONS: HoldOptions = { margin: 0.03, alpha: 0.05 };

/** A row of a table: what is the case, the rules, the comparison, and what comes of it. */
export type HeldRow = [string, string, Parameters<typeof summaryOf>[0], GateStatus, RegExp];

/** Holds rules as they are written. */
export function hold(summary: DiffSummary, rules = 'regression', options = OPTIONS) {
  return holdComparison(summary, parseFailOn([rules]), options);
}

/** A group that is worse for sure, one that is as it was, and one of which that is not known. */
export const [worse, same, open] = [
  groupOf(-0.2, within(-0.3, -0.1), 0.001),
  groupOf(0, within(-0.02, 0.02), 0.5),
  groupOf(-0.02, within(-0.08, 0.04), 0.3),
];

/** A cost with its ratio. */
export function cost(ratio: FigureChange['ratio'], more: Partial<FigureChange> = {}): FigureChange {
  return {
    ...passRate(0.02, null, { key: 'cost_usd', better: 'lower', base: 0.1, head: 0.12 }),
    ratio,
    ...more,
  };
}

/** A cost whose ratio has an interval. */
export function dearer(lower: number, upper: number): FigureChange {
  return cost({ value: (lower + upper) / 2, interval: within(lower, upper) });
}
