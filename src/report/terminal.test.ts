import { describe, expect, it } from 'vitest';
import { sampleDiff } from './diff/sample-diff.test-support.ts';
import { displayWidth } from './display-width.ts';
import type { Look, ReportedRun } from './reporter.ts';
import { type SampleRow, sampleRun, sampleVerdict } from './sample-run.test-support.ts';
import { terminal } from './terminal.ts';

const LOOK: Look = { colour: false, width: 100, ascii: false };
const ESCAPE = String.fromCharCode(27);

async function textOf(run: ReportedRun, look: Partial<Look> = {}): Promise<string> {
  let text = '';
  for await (const piece of terminal.report(run, { ...LOOK, ...look })) text += piece;
  return text;
}

const failing: SampleRow = {
  task: 'refund-late-order',
  at: { file: 'suites/shop.suite.yaml', line: 23 },
  trials: [
    { status: 'fail', verdicts: [sampleVerdict({ reason: 'cancel_order was called at step 7' })] },
  ],
};

describe('terminal.report()', () => {
  it('shows a table, the failure with place and reason, the figures, the gate and the next command', async () => {
    const run = sampleRun([{ task: 'answer-question', trials: [{}] }, failing], {
      summary: { gate: { status: 'fail', reasons: ['1 of 2 tasks passed, wanted all'] } },
    });
    expect(await textOf(run)).toBe(
      [
        'shop-support · recorded · 1 of 2 tasks passed',
        '     Task               Trials  Score',
        '  ───────────────────────────────────',
        '  ✓  answer-question       1/1   1.00',
        '  ✗  refund-late-order     0/1   0.00',
        '',
        'Failures',
        '✗ refund-late-order',
        '    suites/shop.suite.yaml:23  trial 1-0000000000',
        '    ✗ expect.never: cancel_order was called at step 7',
        '',
        '2 trials: 1 passed, 1 failed · 3.4 s',
        '✗ Gate failed: 1 of 2 tasks passed, wanted all',
        'Look closer: agentops show 20261122-171100-abc 1-0000000000',
        '',
      ].join('\n'),
    );
  });

  it('tells after the gate what the comparison with a baseline says', async () => {
    const text = await textOf({ ...sampleRun([failing]), comparison: sampleDiff() });
    expect(text).toMatch(
      /\n✓ Gate passed\n✗ Comparison failed against 20261120-090000-abc[\s\S]*✗ refund-late-order regressed, 4\/4 → 0\/4/,
    );
  });

  it('sets apart what is in quarantine, with how it went', async () => {
    const quarantine = { until: '2026-12-01', owner: 'Mia\u001b[31m', reason: 'Waits for the API' };
    const text = await textOf(sampleRun([{ trials: [{}] }, { ...failing, quarantine }]));
    expect(text).toContain(
      [
        'Quarantined: these leave the count of the gate, but for violations',
        '– refund-late-order: 0 of 1 trial passed; until 2026-12-01, owner Mia\\x1b[31m: Waits for the API',
      ].join('\n'),
    );
    expect(text).not.toContain('Failures');
    const violation = sampleVerdict({ kind: 'safety' });
    const trials: SampleRow['trials'] = [{ status: 'fail', verdicts: [violation] }];
    expect(await textOf(sampleRun([{ ...failing, quarantine, trials }]))).toContain('Violations');
  });

  it('names a few of many in quarantine, with agent and attack', async () => {
    const quarantine = { until: '2026-12-01', owner: 'Mia' };
    const rows = Array.from({ length: 25 }, (_, at): SampleRow => {
      return { agent: `a${at % 2}`, attack: 'x', quarantine, trials: [{}] };
    });
    const text = await textOf(sampleRun(rows));
    expect(text).toContain('task-0 by a0 under attack x: 1 of 1 trial passed; until 2026-12-01');
    expect(text).toContain('5 more tasks');
  });

  it('says the same with colours, and says it without them', async () => {
    const run = sampleRun([failing, { trials: [{ status: 'error', reason: 'Not recorded' }] }]);
    const plain = await textOf(run);
    const coloured = await textOf(run, { colour: true });
    expect(coloured).toContain(`${ESCAPE}[31m`);
    expect(coloured.replaceAll(new RegExp(`${ESCAPE}\\[\\d+m`, 'g'), '')).toBe(plain);
    expect(plain).not.toContain(ESCAPE);
  });

  it('keeps errors apart from failures and gives their reason', async () => {
    const run = sampleRun(
      [failing, { task: 'gone', trials: [{ status: 'error', reason: 'Not recorded' }] }],
      {
        summary: { gate: { status: 'error', reasons: ['1 task could not be decided'] } },
      },
    );
    const text = await textOf(run);
    expect(text).toContain('Errors: these could not be decided\n! gone\n');
    expect(text).toContain('    Not recorded\n');
    expect(text).toContain('2 trials: 0 passed, 1 failed, 1 in error');
    expect(text).toContain('! Gate undecided: 1 task could not be decided');
  });

  it('gives skips and warnings with their reasons', async () => {
    const run = sampleRun(
      [
        { task: 'later', skip: 'Waits for the new tool', trials: [{ status: 'skip' }] },
        {
          task: 'cut',
          trials: [
            { status: 'skip', reason: 'Not run: --bail' },
            { status: 'skip', reason: 'Not run: --bail' },
          ],
        },
      ],
      {
        summary: { warnings: ['2 lines of other tasks'] },
        warnings: ['A torn last line was dropped'],
      },
    );
    const text = await textOf(run);
    expect(text).toContain(
      'Skipped\n– later: Waits for the new tool\n– 2 trials: Not run: --bail\n',
    );
    expect(text).toContain('Warnings\n! A torn last line was dropped\n! 2 lines of other tasks\n');
  });

  it('counts preferences in error, which leave the status alone', async () => {
    const verdict = sampleVerdict({
      required: false,
      status: 'error',
      score: null,
      path: 'prefer.limits',
      reason: 'No tokens are known',
    });
    const text = await textOf(
      sampleRun([{ trials: [{ verdicts: [verdict] }, { verdicts: [verdict] }] }]),
    );
    expect(text).toContain(
      '! 2 preferences could not be decided, the first: prefer.limits: No tokens are known',
    );
  });

  it('shows several trials of a task that failed alike as one, and the columns of reliability', async () => {
    const verdicts = [sampleVerdict()];
    const run = sampleRun([
      {
        task: 'flaky',
        trials: [{ status: 'fail', verdicts }, {}, { status: 'fail', verdicts }],
        result: { pass_hat_k: { 1: 0.3333, 2: 0, 3: 0 } },
      },
    ]);
    const text = await textOf(run);
    expect(text).toContain('✗ flaky · trials 1, 3 of 3\n');
    expect(text).toMatch(/Trials {2}Score {2}pass\^2 {2}pass\^3\n/);
  });

  it('names suite and agent of a failure where there are several', async () => {
    const run = sampleRun([
      { ...failing, agent: 'v1' },
      { ...failing, agent: 'v2', trials: [{}] },
    ]);
    const text = await textOf(run);
    expect(text).toContain('shop-support · v1 · 0 of 1 task passed');
    expect(text).toContain('✗ refund-late-order · shop-support by v1\n');
  });

  it('shows attacks in a column of their own and in the title', async () => {
    const run = sampleRun([{ ...failing, attack: 'exfiltrate' }, { trials: [{}] }]);
    const text = await textOf(run);
    expect(text).toMatch(/Task +Attack +Trials/);
    expect(text).toContain('✗ refund-late-order · attack exfiltrate\n');
  });

  it('puts what did not pass first in a large run, caps rows and failures and counts the rest', async () => {
    const rows: SampleRow[] = Array.from({ length: 10_000 }, (_, index) => ({
      trials: index < 9900 ? [{}] : [{ status: 'fail', verdicts: [sampleVerdict()] }],
    }));
    const text = await textOf(sampleRun(rows));
    expect(text.split('\n').length).toBeLessThan(200);
    expect(text).toContain('  ✗  task-9900     0/1   0.00');
    expect(text).toContain(
      '… 9,950 more tasks, 50 of which did not pass: the json report lists them',
    );
    expect(text).toContain('… 80 more trials: the json report explains each');
    expect(text).toContain('10,000 trials: 9,900 passed, 100 failed');
  });

  it('shows a run that did not finish as undecided, with what is there', async () => {
    const run = sampleRun([failing, { trials: [{}] }], { summary: null });
    const text = await textOf(run);
    expect(text).toContain('2 trials: 1 passed, 1 failed · pass rate 50% · score 0.50\n');
    expect(text).toContain('! Gate undecided: The run did not finish');
  });

  it('shows a run without rows', async () => {
    const text = await textOf(
      sampleRun([], { summary: { gate: { status: 'error', reasons: ['Nothing was planned'] } } }),
    );
    expect(text).toBe(
      '0 trials: 0 passed, 0 failed · 3.4 s\n! Gate undecided: Nothing was planned\n',
    );
  });

  it.each([20, 40, 80, 100])(
    'fits %i columns and leaves no space at the end of a line',
    async (width) => {
      const alignment = {
        mode: 'exact',
        matched: 0,
        missing: 1,
        unexpected: 1,
        omitted: 0,
        items: [
          { kind: 'missing', wanted: `cancel_order(note: "${'漢'.repeat(200)}")` },
          {
            kind: 'near',
            step: 2,
            call: 'refund_order()',
            differences: ['amount', 'note'].map((path) => ({
              path,
              kind: 'differs',
              was: 'w'.repeat(90),
              wanted: 'x',
            })),
          },
          { kind: 'unexpected', step: 3, call: `delete_account(note: "${'y'.repeat(100_000)}")` },
        ],
      };
      const verdicts = [sampleVerdict({ reason: 'word '.repeat(60), details: { alignment } })];
      const run = sampleRun([
        { task: 'a-task-with-a-name-that-is-long', trials: [{ status: 'fail', verdicts }] },
      ]);
      for (const line of (await textOf(run, { width })).split('\n')) {
        expect(line).toBe(line.trimEnd());
        if (!line.startsWith('Look closer')) expect(displayWidth(line)).toBeLessThanOrEqual(width);
      }
    },
  );

  it('neither steers the terminal nor speaks to a CI system, whatever the run says', async () => {
    const hostile = `\u001b]0;x\u0007\u001b[2J\r::error::x\n::error::y\n##vso[task.complete]##teamcity[x]\u202e\u0000\ud800${'z'.repeat(100_000)}`;
    const row: SampleRow = {
      suite: hostile,
      task: hostile,
      agent: hostile,
      attack: hostile,
      at: { file: hostile, line: 1 },
      trials: [
        {
          status: 'fail',
          reason: hostile,
          verdicts: [sampleVerdict({ path: hostile, reason: hostile })],
        },
        { status: 'error', reason: hostile },
        { status: 'skip', reason: hostile },
      ],
    };
    const run = sampleRun([row, { ...row, skip: hostile }], {
      summary: { gate: { status: 'fail', reasons: [hostile, hostile] }, warnings: [hostile] },
      warnings: [hostile],
    });
    for (const look of [{ width: 60 }, { width: null }, { width: 20, ascii: true }]) {
      const text = await textOf(run, look);
      expect(text).not.toMatch(/(?!\n)[\p{Cc}\p{Cf}\p{Cs}]/u);
      expect(text).not.toMatch(/^\s*::/m);
      expect(text).not.toMatch(/##(vso)?\[|##teamcity\[/);
      expect(text.length).toBeLessThan(60_000);
    }
  });
});
