import type { DiffSummary, FigureChange, GroupChange, SideFacts } from '../../model/diff.ts';
import type { TaskChange } from '../../model/task-change.ts';

/** A figure of both runs with an interval of ±`reach` around its difference. */
export function sampleFigure(
  key: FigureChange['key'],
  base: number | null,
  head: number | null,
  reach: number | null,
  more: Partial<FigureChange> = {},
): FigureChange {
  const difference = base === null || head === null ? null : head - base;
  return {
    key,
    better: ['pass_rate', 'score', 'pass_hat_k'].includes(key) ? 'higher' : 'lower',
    base,
    head,
    difference,
    interval:
      difference === null || reach === null
        ? null
        : {
            lower: difference - reach,
            upper: difference + reach,
            level: 0.95,
            method: 'paired_t',
          },
    ratio: null,
    p: null,
    test: null,
    tasks: 8,
    ...more,
  };
}

/** Facts of one side of a comparison. */
export function sampleFacts(more: Partial<SideFacts>): SideFacts {
  return {
    run: '20261120-090000-abc',
    source: 'run',
    agent: null,
    started_at: '2026-11-20T09:00:00.000Z',
    status: 'completed',
    labels: {},
    git: { commit: 'a1b2c3d4e5f60718', branch: 'main', dirty: false },
    gate: 'pass',
    planned: 32,
    ...more,
  };
}

/** The comparison of one suite and agent. */
export function sampleGroup(more: Partial<GroupChange>): GroupChange {
  return {
    suite: 'shop-support',
    agent: { base: 'recorded', head: 'recorded' },
    pass_rate: sampleFigure('pass_rate', 0.875, 0.5, 0.295, {
      p: 0.004,
      test: 'stratified_exact',
    }),
    errors: { random_tasks: 0.12, fixed_tasks: 0.1 },
    tests: {
      mcnemar: null,
      stratified: { lower: 0.002, two_sided: 0.004, method: 'exact' },
      sign_flip: null,
    },
    detectable: 0.18,
    would_help: { more: 'tasks', tasks: 120, trials: null },
    ...more,
  };
}

const SAMPLE_FIGURES: FigureChange[] = [
  sampleFigure('pass_rate', 0.875, 0.5, 0.295, {
    p: 0.004,
    test: 'stratified_exact',
    tasks: 8,
  }),
  sampleFigure('score', 0.9, 0.6, 0.25),
  sampleFigure('pass_hat_k', 0.6, 0.4, null, { k: 4 }),
  sampleFigure('cost_usd', 0.0123, 0.0148, 0.001, {
    ratio: {
      value: 1.2,
      interval: { lower: 1.12, upper: 1.29, level: 0.95, method: 'paired_t' },
    },
  }),
  sampleFigure('tokens', 1800, 2100, 250, { ratio: { value: 1.17, interval: null } }),
  sampleFigure('steps', 4, 5.5, 0.5),
  sampleFigure('seconds', 2.5, 2.4, 0.6, {
    ratio: {
      value: 0.96,
      interval: { lower: 0.8, upper: 1.15, level: 0.95, method: 'paired_t' },
    },
  }),
  sampleFigure('p95_seconds', 4.1, 3.9, null),
];

const SAMPLE_JUDGES: DiffSummary['judges'] = [
  {
    suite: 'shop-support',
    agent: { base: 'recorded', head: 'recorded' },
    judge: 'polite',
    base: { happened: 20, of: 24, rate: 0.8333 },
    head: { happened: 12, of: 24, rate: 0.5 },
    difference: -0.3333,
    interval: { lower: -0.55, upper: -0.1, level: 0.95, method: 'paired_t' },
    flipped: { worse: 2, better: 0 },
  },
];

const SAMPLE_ATTACKS: DiffSummary['attacks'] = [
  {
    suite: 'shop-support',
    agent: { base: 'recorded', head: 'recorded' },
    attack: null,
    base: { happened: 1, of: 8, rate: 0.125 },
    head: { happened: 4, of: 8, rate: 0.5 },
    difference: 0.375,
    interval: { lower: -0.05, upper: 0.75, level: 0.95, method: 'paired_t' },
  },
];

/** The summary of a comparison of these tasks. */
export function sampleSummary(tasks: readonly TaskChange[]): DiffSummary {
  return {
    schema_version: 1,
    base: sampleFacts({ run: '20261120-090000-abc', labels: { version: '1.4' } }),
    head: sampleFacts({
      run: '20261122-171100-def',
      gate: 'fail',
      started_at: '2026-11-22T17:11:00.000Z',
      labels: { version: '1.5' },
      git: { commit: 'c0ffee0123456789', branch: 'faster', dirty: true },
    }),
    aligned_by: ['suite', 'task', 'attack', 'agent'],
    level: 0.95,
    counts: countsOf(tasks),
    figures: SAMPLE_FIGURES,
    groups: [sampleGroup({})],
    judges: SAMPLE_JUDGES,
    attacks: SAMPLE_ATTACKS,
    missing: tasks
      .filter(({ change }) => change === 'missing')
      .slice(0, 20)
      .map(({ suite, task, attack }) => ({ suite, task, attack, agent: 'recorded' })),
    smaller: [
      {
        suite: 'shop-support',
        task: 'change-address',
        attack: null,
        agent: 'recorded',
        base: 4,
        head: 0,
      },
    ],
    violations: [],
    warnings: [],
  };
}

function countsOf(tasks: readonly TaskChange[]): DiffSummary['counts'] {
  const count = (is: (task: TaskChange) => boolean) => tasks.filter(is).length;
  const changed = (change: TaskChange['change']) => count((task) => task.change === change);
  const compared = count((task) => task.compared);
  return {
    compared,
    regressed: changed('regressed'),
    fixed: changed('fixed'),
    flaky: changed('flaky'),
    same: changed('same'),
    undecided: changed('undecided'),
    new: changed('new'),
    missing: changed('missing'),
    edited: count(({ edited }) => edited === true),
    edit_unknown: count(({ edited }) => edited === null),
    edited_worse: 0,
    failing: count(({ head }) => head?.status === 'fail'),
    open: count(({ head }) => head?.status === 'error'),
    newly_flaky: changed('flaky'),
    newly_skipped: 0,
    quarantined: count(({ quarantine }) => quarantine !== undefined),
    skipped: count(({ skip }) => skip !== undefined),
    smaller: 1,
    lost: 4,
    shown: count(({ shown }) => shown),
    violations: 0,
    unsure: 0,
  };
}
