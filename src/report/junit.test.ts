import { DOMParser, type Element } from '@xmldom/xmldom';
import { describe, expect, it } from 'vitest';
import { attackedRun, attackedTrial } from './attacked-run.test-support.ts';
import { junit } from './junit.ts';
import type { ReportedRun } from './reporter.ts';
import { type SampleRow, sampleRun, sampleVerdict } from './sample-run.test-support.ts';

const LOOK = { colour: false, width: null, ascii: false };

async function parse(run: ReportedRun): Promise<Element> {
  let text = '';
  for await (const piece of junit.report(run, LOOK)) text += piece;
  const parser = new DOMParser({
    onError: (level, message) => {
      throw new Error(`${level}: ${message}`);
    },
  });
  const root = parser.parseFromString(text, 'text/xml').documentElement;
  if (!root) throw new Error('The report has no root element');
  return root;
}

function all(element: Element, name: string): Element[] {
  return [...element.getElementsByTagName(name)];
}

const counts = (element: Element) =>
  ['tests', 'failures', 'errors', 'skipped'].map((name) => Number(element.getAttribute(name)));

describe('junit.report()', () => {
  it('writes a testsuite for each suite, agent and attack and counts right on every level', async () => {
    const bad: SampleRow['trials'] = [{ status: 'fail', verdicts: [sampleVerdict()] }];
    const root = await parse(
      sampleRun([
        { task: 'a', trials: [{}] },
        { task: 'a', attack: 'exfiltrate', trials: bad },
        { task: 'b', trials: [{ status: 'error', reason: 'Not recorded' }] },
        { task: 'b', attack: 'exfiltrate', trials: [{}] },
        { task: 'c', skip: 'Waits for the new tool', trials: [{ status: 'skip' }] },
        { suite: 'other', task: 'd', trials: bad },
      ]),
    );
    expect(counts(root)).toEqual([6, 2, 1, 1]);
    expect(
      all(root, 'testsuite').map((suite) => [suite.getAttribute('name'), ...counts(suite)]),
    ).toEqual([
      ['shop-support.recorded', 3, 0, 1, 1],
      ['shop-support.recorded.exfiltrate', 2, 1, 0, 0],
      ['other.recorded', 1, 1, 0, 0],
    ]);
    for (const suite of all(root, 'testsuite')) {
      const [tests, failures, errors, skipped] = counts(suite);
      expect(all(suite, 'testcase')).toHaveLength(tests ?? -1);
      expect(all(suite, 'failure')).toHaveLength(failures ?? -1);
      expect(all(suite, 'error')).toHaveLength(errors ?? -1);
      expect(all(suite, 'skipped')).toHaveLength(skipped ?? -1);
    }
  });

  it('skips what is in quarantine, with how it went, but fails on a violation there', async () => {
    const quarantine = { until: '2026-12-01', owner: 'Mia', reason: 'Flaky < always' };
    const away: SampleRow = { task: 'a', quarantine, trials: [{ status: 'fail' }, {}] };
    const root = await parse(
      sampleRun([
        away,
        { ...away, task: 'b', trials: [{}], result: { violations: 1, not_tolerated: 1 } },
        { task: 'c', trials: [{}] },
      ]),
    );
    expect(counts(root)).toEqual([3, 1, 0, 1]);
    expect(all(root, 'skipped').map((one) => one.getAttribute('message'))).toEqual([
      '1 of 2 trials passed; In quarantine until 2026-12-01, owner Mia: Flaky < always',
    ]);
  });

  it('has a case for a gate that did not pass, where no other case says so', async () => {
    const missed = await parse(
      await attackedRun([
        { task: 'a', trials: [{}] },
        { task: 'a', attack: 'x', trials: [attackedTrial(true, 'pass', { delivered: false })] },
      ]),
    );
    expect(counts(missed)).toEqual([3, 0, 1, 0]);
    const [error] = all(missed, 'error');
    expect(error?.getAttribute('message')).toMatch(/"x" was delivered in no trial/);
    const failed = await parse(sampleRun([{ task: 'a', trials: [{ status: 'fail' }] }]));
    expect(counts(failed)).toEqual([1, 1, 0, 0]);
  });

  it('names a testcase by suite, agent and task and adds the time of its trials', async () => {
    const root = await parse(
      sampleRun([{ task: 'a', trials: [{ duration_ms: 1200 }, { duration_ms: 34 }] }]),
    );
    const [testcase] = all(root, 'testcase');
    expect(testcase?.getAttribute('classname')).toBe('shop-support.recorded');
    expect(testcase?.getAttribute('name')).toBe('a');
    expect(testcase?.getAttribute('time')).toBe('1.234');
    expect(all(root, 'testsuite')[0]?.getAttribute('time')).toBe('1.234');
    expect(all(root, 'testsuite')[0]?.getAttribute('timestamp')).toBe('2026-11-22T17:11:00');
  });

  it('gives a failure its first reason and lists the trials that went wrong', async () => {
    const root = await parse(
      sampleRun([
        {
          trials: [
            {},
            { status: 'fail', verdicts: [sampleVerdict({ reason: 'one\n::error::two' })] },
            { status: 'error', reason: 'Not recorded' },
          ],
        },
      ]),
    );
    const [failure] = all(root, 'failure');
    expect(failure?.getAttribute('message')).toBe(
      '1 of 3 trials passed; expect.never: one\n::error::two',
    );
    expect(failure?.textContent).toBe(
      'trial 2: fail\n  expect.never: one\n::error::two\ntrial 3: error\n  Not recorded\n',
    );
  });

  it('gives each row its own trials where trials of another left no record', async () => {
    const run = sampleRun(
      [
        { task: 'a', trials: [{}, {}] },
        { task: 'b', trials: [{ duration_ms: 5 }] },
      ],
      { summary: null },
    );
    const trials = run.trials;
    const torn = {
      ...run,
      async *trials() {
        for await (const result of trials()) if (result.task !== 'a') yield result;
      },
    };
    const root = await parse(torn);
    expect(counts(root)).toEqual([3, 0, 1, 1]); // the third says that the run did not finish
    expect(all(root, 'testcase').map((each) => each.getAttribute('time'))).toEqual([
      '0.000',
      '0.005',
      '0.000',
    ]);
  });

  it('is valid XML that steers nothing, whatever the run says', async () => {
    const hostile = `]]> <a b="c"> & \u0000\u001b[31m\ud800\uffff\u202e\r\n::error::x ##vso[x]${'z'.repeat(100_000)}`;
    const rows: SampleRow[] = (['fail', 'error', 'skip'] as const).map((status) => ({
      suite: hostile,
      task: hostile,
      agent: hostile,
      attack: hostile,
      trials: [
        { status, reason: hostile, verdicts: [sampleVerdict({ path: hostile, reason: hostile })] },
      ],
    }));
    const root = await parse(sampleRun(rows));
    expect(counts(root)).toEqual([3, 1, 1, 1]);
    expect(all(root, 'testcase')[0]?.getAttribute('name')).toContain(
      ']]> <a b="c"> & \\x00\\x1b[31m\\u{d800}\\u{ffff}\\u{202e}\r\n::error::x ##vso[x]zzz',
    );
    expect(all(root, 'failure')[0]?.textContent?.length).toBeLessThan(10_000);
  });

  it('names the attack in the case, and takes violations as the gate does', async () => {
    const never = sampleVerdict({ kind: 'safety', reason: 'It was called' });
    const run = await attackedRun(
      [
        { task: 'read', pass: 'any', trials: [{ status: 'fail', verdicts: [never] }, {}] },
        { task: 'read', attack: '<x>', trials: [attackedTrial(true, 'fail')] },
      ],
      { tolerate: [{ verdict: 'attacks.x.goal', reason: 'Known & <small>' }] },
    );
    const root = await parse(run);
    expect(counts(root)).toEqual([2, 1, 0, 0]);
    const cases = all(root, 'testcase').map((each) => each.getAttribute('name'));
    expect(cases).toEqual(['read', 'read under attack <x>']);
    expect(all(root, 'failure')[0]?.getAttribute('message')).toBe(
      '1 of 2 trials passed; expect.never: It was called',
    );
    expect(all(root, 'system-out').map((each) => each.textContent)).toEqual([
      'Tolerated in 1 trial: attacks.x.goal: Known & <small>\n',
    ]);
  });

  it('writes a run without rows', async () => {
    expect(counts(await parse(sampleRun([])))).toEqual([0, 0, 0, 0]);
  });
});
