import type { HeldDiff } from '../../diff/held-diff.ts';
import type { ComparisonGate } from '../../model/comparison-gate.ts';
import type { DiffSummary } from '../../model/diff.ts';
import type { TaskChange } from '../../model/task-change.ts';
import { sampleSummary } from './sample-summary.test-support.ts';
import { SAMPLE_STEPS, SAMPLE_TASKS, shownTrial } from './sample-task.test-support.ts';

/** What a made-up comparison is to be like; the rest has plain values. */
export interface SampleDiff {
  readonly tasks?: readonly TaskChange[];
  readonly summary?: Partial<DiffSummary>;
  readonly gate?: Partial<ComparisonGate>;
  /** The two trials to look at of each task; without it those of `SAMPLE_STEPS`. */
  readonly pair?: HeldDiff['diff']['pair'];
}

/** Builds a comparison of two versions of a shop's support agent from plain objects, for tests of what reads comparisons. */
export function sampleDiff(more: SampleDiff = {}): HeldDiff {
  const tasks = more.tasks ?? SAMPLE_TASKS;
  const pair = async (change: TaskChange) => ({
    base: change.base === null ? null : shownTrial(change, 'base', SAMPLE_STEPS.base),
    head: change.head === null ? null : shownTrial(change, 'head', SAMPLE_STEPS.head),
  });
  return {
    diff: {
      summary: { ...sampleSummary(tasks), ...more.summary },
      tasks: () => tasks,
      pair: more.pair ?? pair,
    },
    gate: {
      status: 'fail',
      reasons: ['shop-support by recorded: the pass rate fell from 87.5% to 50%'],
      margin: 0.03,
      alpha: 0.05,
      rules: [
        {
          rule: 'regression',
          status: 'fail',
          p: 0.004,
          p_holm: 0.008,
          reason: 'The pass rate fell by 37.5%, by at least 8%',
        },
      ],
      tested: 2,
      ...more.gate,
    },
  };
}
