import { answer } from './answer.ts';
import { approvalRequests } from './approval-requests.ts';
import { approved } from './approved.ts';
import { before } from './before.ts';
import { blocked } from './blocked.ts';
import { calls } from './calls.ts';
import { changes } from './changes.ts';
import { check } from './check.ts';
import { grounded } from './grounded.ts';
import { handoffs } from './handoffs.ts';
import type { JudgeKind } from './judge.ts';
import { last } from './last.ts';
import { limits } from './limits.ts';
import { llmJudge } from './llm-judge.ts';
import { metrics } from './metrics.ts';
import { never } from './never.ts';
import { noLeaks } from './no-leaks.ts';
import { noLoops } from './no-loops.ts';
import { noTaint } from './no-taint.ts';
import { noWorkaround } from './no-workaround.ts';
import { not } from './not.ts';
import { says } from './says.ts';
import { stop } from './stop.ts';
import { totals } from './totals.ts';
import { undecided } from './undecided.ts';
import { world } from './world.ts';

/** Every judge, in the order in which verdicts are shown. */
export const judges: readonly JudgeKind[] = [
  stop,
  calls,
  never,
  before,
  last,
  totals,
  answer,
  says,
  world,
  changes,
  grounded,
  approved,
  blocked,
  noWorkaround,
  approvalRequests,
  handoffs,
  noLoops,
  noLeaks,
  noTaint,
  limits,
  metrics,
  check,
  llmJudge,
  undecided,
  not,
];
