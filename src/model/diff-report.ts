import * as z from 'zod';
import { ComparisonGate } from './comparison-gate.ts';
import { DiffSummary } from './diff.ts';
import { ReportedSteps } from './reported-steps.ts';
import { TaskChange } from './task-change.ts';

/** What `agentops diff --reporter json` writes: the comparison, its gate, and every task. */
export const DiffReport = DiffSummary.extend({
  gate: ComparisonGate,
  tasks: z.array(
    TaskChange.extend({
      steps: ReportedSteps.nullable()
        .optional()
        .describe('Of the first 50 that regressed, are undecided or flaky; null: not kept'),
    }),
  ),
});
