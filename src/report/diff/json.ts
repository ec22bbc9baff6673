import { alignTrajectories } from '../../diff/align-trajectories.ts';
import type { HeldDiff } from '../../diff/held-diff.ts';
import type { StepDiff } from '../../diff/step-diff.ts';
import type { ReportedSteps } from '../../model/reported-steps.ts';
import type { TaskChange } from '../../model/task-change.ts';
import { jsonLine } from '../json-text.ts';
import { isWorthALook } from './changed-tasks.ts';
import type { DiffReporter } from './diff-reporter.ts';

const MOST_ALIGNED = 50;
const MOST_PAIRS = 2000;

/** For programs: the whole comparison as one JSON document with a task a line, the gravest with their steps aligned. */
export const json: DiffReporter = {
  key: 'json',
  words: 'The whole comparison as JSON, for programs',
  report,
};

async function* report({ diff, gate }: HeldDiff): AsyncIterable<string> {
  const { schema_version, ...summary } = diff.summary;
  yield `{\n"schema_version": ${schema_version},\n`;
  for (const [key, value] of Object.entries({ ...summary, gate })) {
    yield `${JSON.stringify(key)}: ${jsonLine(value)},\n`;
  }
  yield '"tasks": [';
  let separator = '\n';
  let aligned = 0;
  for (const task of diff.tasks()) {
    const isAligned = aligned < MOST_ALIGNED && (isWorthALook(task) || isFixed(task));
    const steps = isAligned ? { steps: await stepsOf(task, diff) } : {};
    if (isAligned) aligned++;
    yield separator + jsonLine({ ...task, ...steps });
    separator = ',\n';
  }
  yield separator === '\n' ? ']\n}\n' : '\n]\n}\n';
}

/** What mended a task is worth a look to programs, too. */
function isFixed({ change, compared }: TaskChange): boolean {
  return change === 'fixed' && compared;
}

/** Both trials step by step; null where the steps of one were not kept. */
async function stepsOf(task: TaskChange, diff: HeldDiff['diff']): Promise<ReportedSteps | null> {
  const { base, head } = await diff.pair(task);
  if (!base?.trajectory || !head?.trajectory) return null;
  const found = alignTrajectories(base.trajectory, head.trajectory);
  const pairs = pairsOf(found);
  return {
    trials: { base: base.result.id, head: head.result.id },
    divergence: divergenceOf(found),
    stops: found.stops,
    exact: found.exact,
    pairs: pairs.slice(0, MOST_PAIRS),
    omitted: Math.max(0, pairs.length - MOST_PAIRS),
  };
}

function divergenceOf({ divergence, pairs }: StepDiff): ReportedSteps['divergence'] {
  if (divergence === null) return null;
  const pair = pairs[divergence];
  return pair ? { base: pair.base, head: pair.head } : 'end';
}

/** The pairs, those that are the same and follow each other on both sides as one. */
function pairsOf({ pairs }: StepDiff): ReportedSteps['pairs'] {
  const shown: ReportedSteps['pairs'] = [];
  for (const { kind, base, head, differences, omitted } of pairs) {
    const last = shown.at(-1);
    const count = last?.count ?? 0;
    if (
      kind === 'same' &&
      last?.kind === 'same' &&
      follows(last.base, base, count) &&
      follows(last.head, head, count)
    ) {
      last.count = count + 1;
      continue;
    }
    shown.push({
      kind,
      base,
      head,
      ...(kind === 'same' && { count: 1 }),
      ...(differences.length > 0 && { differences: [...differences] }),
      ...(omitted > 0 && { omitted }),
    });
  }
  return shown;
}

function follows(first: number | null, next: number | null, count: number): boolean {
  return first !== null && next === first + count;
}
