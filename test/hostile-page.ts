import type { HeldDiff } from '../src/diff/held-diff.ts';
import type { Trajectory } from '../src/model/trajectory.ts';
import { sampleDiff } from '../src/report/diff/sample-diff.test-support.ts';
import { sampleTask, shownTrial } from '../src/report/diff/sample-task.test-support.ts';
import type { ReportedRun } from '../src/report/reporter.ts';
import { type SampleRow, sampleRun, sampleVerdict } from '../src/report/sample-run.test-support.ts';
import { HOSTILE_TEXTS } from './page-files.ts';

/** A run with one row for each hostile text, which stands in every field of it that holds text. */
export function hostileRun(): ReportedRun {
  const run = sampleRun(HOSTILE_TEXTS.map(rowOf), {
    summary: {
      gate: { status: 'fail', reasons: [...HOSTILE_TEXTS] },
      warnings: [...HOSTILE_TEXTS],
      labels: Object.fromEntries(HOSTILE_TEXTS.map((text) => [text, text])),
      git: { commit: HOSTILE_TEXTS[0], branch: HOSTILE_TEXTS[1], dirty: true },
      judges: HOSTILE_TEXTS.map(judgeOf),
    },
    warnings: [...HOSTILE_TEXTS],
  });
  const history = HOSTILE_TEXTS.map((text) => ({
    ...{ id: text, started_at: text, labels: {}, commit: text },
    ...{ gate: 'fail' as const, pass_rate: 0.5, score: 0.5, cost_usd: 1 },
  }));
  const texts = new Map(
    run.plan.rows.map(({ trial_ids }, at) => [trial_ids[0], HOSTILE_TEXTS[at]]),
  );
  const trajectory = async ({ id }: { readonly id: string }) => trajectoryOf(texts.get(id) ?? '');
  return { ...run, history, trajectory };
}

function rowOf(text: string): SampleRow {
  const names = { suite: text, task: text, agent: text, attack: text };
  const more = { model: text, vote: 1, answer: text, reason: text, evidence: [0] };
  const kinds = ['rule', 'safety', 'judge', 'goal'] as const;
  const verdicts = kinds.map((kind) =>
    sampleVerdict({
      kind,
      path: `${text} ${kind}`,
      reason: text,
      evidence: [0, 3],
      details: { ballots: [more] },
    }),
  );
  const trial = {
    status: 'fail',
    reason: text,
    verdicts,
    unjudged: [text],
    cost_usd: 0.1,
  } as const;
  return {
    ...names,
    at: { file: text, line: 1 },
    trials: [{ ...trial, unjudged: [text] }],
    result: { quarantine: { until: text, owner: text, reason: text } },
  };
}

function judgeOf(text: string) {
  return {
    ...{ suite: text, agent: text, judge: text, wanted: text },
    ...{ pass: 1, fail: 1, error: 0, pass_rate: 0.5, corrected: null, kappa: null, drift: [text] },
    ...{ flips: { changed: 0, of: 1 }, flagged: 0, canaries: null },
    ballots: { live: 1, recorded: 0, lost: 0, reasked: 0 },
    ...{ input_tokens: 1, output_tokens: 1, cost_usd: null },
  };
}

function trajectoryOf(text: string): Trajectory {
  const own = Object.fromEntries([[text, { [text]: text }]]);
  return {
    schema_version: 1,
    task: text,
    agent: text,
    trial: 1,
    steps: [
      { type: 'message', role: 'user', content: text, actor: text },
      { type: 'message', role: 'assistant', content: [{ type: text, text, [text]: text }] },
      { type: 'model', model: text },
      { type: 'tool_call', id: 'c1', tool: text, args: own, actor: text },
      { type: 'tool_result', id: 'c1', tool: text, result: text },
      { type: 'tool_call', id: 'c2', tool: text, args_missing: 'unparsable', args_raw: text },
      { type: 'tool_result', id: 'c2', error: { message: text } },
      { type: 'tool_result', id: 'c3', blocked: text },
      { type: 'approval', id: 'c1', decision: 'deny', by: text, reason: text, args: own },
      { type: 'handoff', from: text, to: text },
      { type: `x-${text}`, note: text } as Trajectory['steps'][number],
    ],
    stop: 'limit',
    limit: text,
    world: own,
  };
}

/** A comparison with one change for each hostile text. */
export function hostileDiff(): HeldDiff {
  const tasks = HOSTILE_TEXTS.map((text) =>
    sampleTask(
      {
        ...{ suite: text, task: text, attack: text, agent: { base: text, head: `${text}2` } },
        change: 'regressed',
        quarantine: { until: text, owner: text },
        at: { file: text, line: 1 },
      },
      [1, 1],
      [0, 1],
    ),
  );
  return sampleDiff({
    tasks,
    summary: {
      warnings: [...HOSTILE_TEXTS],
      missing: HOSTILE_TEXTS.map(rowName),
      smaller: HOSTILE_TEXTS.map((text) => ({ ...rowName(text), base: 2, head: 1 })),
      violations: HOSTILE_TEXTS.map((text) => ({
        ...rowName(text),
        ...{ path: text, trials: 1, in_base: true },
      })),
    },
    gate: { reasons: [...HOSTILE_TEXTS] },
    pair: async (change) => {
      const { steps } = trajectoryOf(change.task ?? '');
      const changed = trajectoryOf(`${change.task} changed`).steps;
      return { base: shownTrial(change, 'base', steps), head: shownTrial(change, 'head', changed) };
    },
  });
}

function rowName(text: string) {
  return { suite: text, task: text, attack: text, agent: text };
}
