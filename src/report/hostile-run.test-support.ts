import { ATTACKED, attackedRun } from './attacked-run.test-support.ts';
import { sampleDiff } from './diff/sample-diff.test-support.ts';
import type { ReportedRun } from './reporter.ts';
import { sampleVerdict } from './sample-run.test-support.ts';

/** Keys whose values are one of a few words, which a record with other ones does not get past. */
const WORDS = new Set(
  'status gate more gate_status kind stop role type pass method source change key better test aligned_by'.split(
    ' ',
  ),
);

/** A run with everything that a report can tell, each text of which begins with the given one. */
export async function hostileRun(
  text: string,
  started = '2026-11-22T17:11:00.000Z',
): Promise<ReportedRun> {
  const run = await fullRun();
  const spoil = <T>(value: T): T => spoiled(value, text);
  const plan = { ...spoil(run.plan), started_at: started };
  const summary = run.summary && { ...spoil(run.summary), started_at: started };
  const diff = sampleDiff();
  const tasks = spoil([...diff.diff.tasks()]);
  return {
    ...run,
    ...{ plan, summary, id: plan.id, dir: spoil(run.dir), warnings: spoil(run.warnings) },
    comparison: {
      gate: spoil(diff.gate),
      diff: {
        summary: spoil(diff.diff.summary),
        tasks: () => tasks,
        pair: async () => ({ base: null, head: null }),
      },
    },
    async *trials() {
      for await (const result of run.trials()) yield spoil(result);
    },
    async trajectory(result) {
      const record = await run.trajectory(result);
      return record && spoil(record);
    },
  };
}

/** The same text everywhere, in front of what made two values two. */
function spoiled<T>(value: T, text: string, key = ''): T {
  if (typeof value === 'string') return (WORDS.has(key) ? value : text + value) as T; // a string stays one
  if (Array.isArray(value)) return value.map((one) => spoiled(one, text, key)) as T; // so does an array
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).map(([name, one]) => [name, spoiled(one, text, name)]);
  return Object.fromEntries(entries) as T; // and an object with the same keys
}

async function fullRun(): Promise<ReportedRun> {
  const details = { handoffs: [{ from: 'a', to: 'b', step: 1 }], omitted: 0, note: 'n' };
  const verdicts = [
    sampleVerdict({ details }),
    sampleVerdict({ path: 'expect.judge.kind', kind: 'judge', status: 'error', score: null }),
    sampleVerdict({ path: 'prefer.calls', required: false }),
  ];
  const failing = { status: 'fail', verdicts, reason: 'It ended early' } as const;
  const quarantine = { until: '2026-12-01', owner: 'ana', reason: 'Flaps' };
  const gate = { tolerate: [{ verdict: 'attacks.x.goal', task: 'read', reason: 'Known' }] };
  const run = await attackedRun(
    [
      ...ATTACKED,
      {
        task: 'aside',
        quarantine,
        trials: [failing],
        at: { file: 'suites/a.suite.yaml', line: 3 },
      },
      { task: 'bad', trials: [failing, {}], at: { file: 'suites/a.suite.yaml', line: 9 } },
      { task: null, trials: [{ status: 'error', reason: 'Torn' }] },
      { task: 'left', skip: 'Not now', trials: [{ status: 'skip' }] },
      { task: 'later', trials: [{ status: 'skip', reason: 'Interrupted' }] },
    ],
    gate,
  );
  const git = { commit: 'c0ffee', branch: 'main', dirty: true };
  const labels = { version: '1.4' };
  const judge = {
    ...{ suite: 'shop-support', agent: 'recorded', judge: 'polite', wanted: 'at least 4' },
    ...{ pass: 7, fail: 2, error: 1, pass_rate: 0.7, corrected: null, kappa: null },
    ...{ drift: ['prompt'], flips: { changed: 0, of: 0 }, flagged: 1, canaries: null },
    ballots: { live: 0, recorded: 10, lost: 1, reasked: 0 },
    ...{ input_tokens: 0, output_tokens: 0, cost_usd: 0 },
  };
  const { plan, summary } = run;
  if (!summary) throw new Error('The sample run has no summary');
  const rows = summary.rows.map((row) => ({ ...row, digest: 'd' }));
  return {
    ...run,
    plan: { ...plan, git, labels, rows: plan.rows.map((row) => ({ ...row, tags: ['t'] })) },
    summary: { ...summary, git, labels, rows, judges: [judge], warnings: ['A line is torn'] },
    warnings: ['A file is odd'],
    trajectory: async () => ({
      ...{ schema_version: 1, task: 't', agent: 'a', trial: 1, stop: 'completed' },
      steps: [
        { type: 'handoff', from: 'triage', to: 'refunds' },
        { type: 'handoff', from: 'refunds', to: 'triage' },
      ],
    }),
  };
}
