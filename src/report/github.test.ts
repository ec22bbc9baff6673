import { describe, expect, it } from 'vitest';
import { attackedRun, attackedTrial } from './attacked-run.test-support.ts';
import { sampleDiff } from './diff/sample-diff.test-support.ts';
import { github } from './github.ts';
import { workflowCommand } from './github-command.ts';
import { markdown } from './markdown.ts';
import type { Report, ReportedRun } from './reporter.ts';
import { type SampleRow, sampleRun, sampleVerdict } from './sample-run.test-support.ts';

const LOOK = { colour: false, width: null, ascii: false };

async function linesOf(run: ReportedRun, report: Report = github.report): Promise<string[]> {
  let text = '';
  for await (const piece of report(run, LOOK)) text += piece;
  return text.split('\n').slice(0, -1);
}

function appended(variable: string): Report {
  const append = github.appends?.find((one) => one.variable === variable);
  if (!append) throw new Error(`Nothing is appended to ${variable}`);
  return append.report;
}

const failed = (reason: string) => ({
  status: 'fail' as const,
  verdicts: [sampleVerdict({ path: 'expect.calls', reason })],
});
const at = { file: 'suites/shop.suite.yaml', line: 12 };

const quarantine = { until: '2026-12-01', owner: 'ana', reason: 'Flaps' };

describe('github.report()', () => {
  it('marks failed tasks as errors on their lines, the worst first, the rest as warnings', async () => {
    const run = await attackedRun([
      { task: 'half', at, trials: [failed('Not all'), {}] },
      { task: 'none', at: { ...at, line: 30 }, trials: [failed('No call'), failed('No call')] },
      { task: 'mailed', attack: 'phish', trials: [attackedTrial(true, 'fail')] },
      { task: 'torn', trials: [{ status: 'error', reason: 'Line 7 is torn' }] },
      { task: 'flaky', pass: 'any', status: 'pass', trials: [failed('Late'), {}] },
      { task: 'fine', trials: [{}] },
    ]);
    const flaky = run.plan.rows.find(({ task }) => task === 'flaky');
    expect(flaky?.pass).toBe('any');
    expect(await linesOf(run)).toEqual([
      '::error title=Violation%3A mailed under attack phish::attacks.x.goal: Step 3 sent mail to attacker@evil.example',
      '::error file=suites/shop.suite.yaml,line=30,title=Failed%3A none::0 of 2 trials passed%0Aexpect.calls: No call',
      '::error file=suites/shop.suite.yaml,line=12,title=Failed%3A half::1 of 2 trials passed%0Aexpect.calls: Not all',
      '::warning title=Not decided%3A torn::Line 7 is torn',
      '::warning title=Flaky%3A flaky::1 of 2 trials passed%0Aexpect.calls: Late',
      expect.stringMatching(/^::notice title=Gate failed::Violation: attacks\.x\.goal /),
    ]);
  });

  it('warns of what is in quarantine, whose failure is none, but for violations', async () => {
    const [line] = await linesOf(sampleRun([{ quarantine, trials: [failed('Late')] }]));
    expect(line).toBe(
      '::warning title=In quarantine%3A task-0::In quarantine until 2026-12-01, owner ana: Flaps%0Aexpect.calls: Late',
    );
    const violated = await attackedRun([
      { attack: 'phish', quarantine, trials: [attackedTrial(true, 'fail')] },
    ]);
    expect((await linesOf(violated))[0]).toMatch(/^::error title=Violation/);
    const fine = await linesOf(sampleRun([{ quarantine, trials: [{}] }]));
    expect(fine[0]).toMatch(/^::warning title=In quarantine/);
  });

  it('keeps to what GitHub shows of a step and counts the rest', async () => {
    const rows: SampleRow[] = [
      ...Array.from({ length: 25 }, (_, index) => ({ task: `f${index}`, trials: [failed('x')] })),
      ...Array.from({ length: 11 }, () => ({ trials: [{ status: 'error' as const }] })),
    ];
    const lines = await linesOf(sampleRun(rows));
    expect(lines.filter((line) => line.startsWith('::error '))).toHaveLength(10);
    expect(lines.filter((line) => line.startsWith('::warning '))).toHaveLength(10);
    expect(lines).toContain(
      'GitHub keeps 10 annotations of a kind: 15 more tasks failed, 1 more warning, which the json report explains',
    );
  });

  it('names agents where there are several, and files from the root of the repository', async () => {
    const run = sampleRun([
      { task: 'a', agent: 'old', at, trials: [failed('x')] },
      { task: 'a', agent: 'new', at, trials: [{}] },
    ]);
    expect((await linesOf({ ...run, folder: 'packages/shop' }))[0]).toBe(
      '::error file=packages/shop/suites/shop.suite.yaml,line=12,title=Failed%3A a by old::expect.calls: x',
    );
  });

  it('reads the trials once, and not at all where all is well', async () => {
    let asked = 0;
    const run = sampleRun([{ trials: [{}] }]);
    const lines = await linesOf({
      ...run,
      trials: () => {
        asked++;
        return run.trials();
      },
    });
    expect(lines).toEqual(['::notice title=Gate passed::Gate passed']);
    expect(asked).toBe(0);
  });
});

describe('github.appends', () => {
  it('adds the Markdown report to the summary of the step', async () => {
    const run = sampleRun([{ trials: [failed('x')] }]);
    expect(await linesOf(run, appended('GITHUB_STEP_SUMMARY'))).toEqual(
      await linesOf(run, markdown.report),
    );
  });

  it('sets outputs behind delimiters that differ each time', async () => {
    const run = sampleRun([{ trials: [{}, failed('x')] }]);
    const [first, second] = await Promise.all(
      [1, 2].map(() => linesOf({ ...run, comparison: sampleDiff() }, appended('GITHUB_OUTPUT'))),
    );
    const ends = first?.filter((line) => line.includes('<<')).map((line) => line.split('<<')[1]);
    expect(new Set(ends).size).toBe(9);
    expect(second).not.toContain(ends?.[0]);
    const values = first?.map((line) => line.replace(/agentops_[0-9a-f]{32}/, 'END')).join('\n');
    expect(values).toContain('gate<<END\npass\nEND\n');
    expect(values).toContain('passed<<END\n1\nEND\nfailed<<END\n1\nEND\n');
    expect(values).toContain('cost_usd<<END\n\nEND\n');
    expect(values).toContain('comparison<<END\nfail\nEND');
  });
});

describe('workflowCommand()', () => {
  it.each([
    ['100%0A', 'a, b: c%2C', '::error title=a%2C b%3A c%252C::100%250A'],
    ['one\r\ntwo\nthree', 'x\ny', '::error title=x\\ny::one%0Atwo%0Athree'],
    ['\u001b[31m\u202e\r', '::x', '::error title=\\x3a%3Ax::\\x1b[31m\\u{202e}\\x0d'],
  ])('writes %j under the title %j as data', (message, title, line) => {
    expect(workflowCommand({ kind: 'error', message, title })).toBe(`${line}\n`);
  });

  it('cuts what is long', () => {
    const long = 'x'.repeat(1e6);
    const at = { file: long, line: 1 };
    const line = workflowCommand({ kind: 'error', message: long, title: long, at });
    expect(line.length).toBeLessThan(6000);
  });
});
