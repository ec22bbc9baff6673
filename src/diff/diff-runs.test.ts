import { appendFileSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Diff } from './diff.ts';
import { diffRuns } from './diff-runs.ts';
import { type SampleRow, type SampleTrial, storeRun, verdict } from './sample-runs.test-support.ts';
import { openStoredSide } from './stored-side.ts';

type Sides = { readonly agent?: string };

async function compared(
  base: readonly SampleRow[],
  head: readonly SampleRow[],
  sides: { base?: Sides; head?: Sides } = {},
): Promise<Diff> {
  return diffRuns(
    await openStoredSide(storeRun({ id: 'old', rows: base }), sides.base),
    await openStoredSide(storeRun({ id: 'new', rows: head }), sides.head),
  );
}

const many = (end: SampleTrial, count: number) => Array.from({ length: count }, () => end);
const ends = (text: string) =>
  [...text].map((one) => ({ '+': 'pass', '-': 'fail', '?': 'error' })[one] as SampleTrial); // as written below

describe('diffRuns()', () => {
  it.each([
    ['+', '-', 'regressed'],
    ['++', '--', 'regressed'],
    ['-', '+', 'fixed'],
    ['+', '+', 'same'],
    ['--', '-', 'same'],
    ['+', '?', 'undecided'],
    ['??', '+-', 'undecided'],
    ['+-', '+-', 'flaky'],
    ['++', '+-', 'flaky'],
    ['--', '+-', 'flaky'],
    ['++++++++', '-------+', 'regressed'],
    ['-------+', '++++++++', 'fixed'],
    ['+?', '-?', 'regressed'],
  ])('tells the change from %s to %s', async (before, after, change) => {
    const found = await compared([{ ends: ends(before) }], [{ ends: ends(after) }]);
    const [task] = found.tasks();
    expect(task?.change).toBe(change);
    expect(found.summary.counts).toMatchObject({ [change]: 1 });
    expect(found.summary.counts.compared).toBe(change === 'undecided' ? 0 : 1);
  });

  it('takes rows of one task for one unit where it tells what would be seen', async () => {
    const rows = (tasks: number, attacks: number) =>
      Array.from({ length: tasks * attacks }, (_, at) => ({
        task: `t${at % tasks}`,
        attack: `a${Math.floor(at / tasks)}`,
        ends: ends('++-+'),
      }));
    const detectable = async (tasks: number, attacks: number) => {
      const { summary } = await compared(rows(tasks, attacks), rows(tasks, attacks));
      return summary.groups[0]?.detectable ?? 1;
    };
    expect(await detectable(3, 8)).toBeGreaterThan(1.5 * (await detectable(24, 1)));
  });

  it('names missing tasks, and tells new ones', async () => {
    const { summary, tasks } = await compared(
      [
        { task: 'a', ends: ['pass'] },
        { task: 'b', ends: ['pass'] },
      ],
      [
        { task: 'b', ends: ['pass'] },
        { task: 'c', ends: ['fail'] },
      ],
    );
    expect(summary.missing).toEqual([{ suite: 'shop', task: 'a', attack: null, agent: 'bot' }]);
    expect(summary.counts).toMatchObject({ missing: 1, new: 1, compared: 1, failing: 1 });
    expect([...tasks()].map(({ task, change }) => [task, change])).toEqual([
      ['a', 'missing'],
      ['c', 'new'],
      ['b', 'same'],
    ]);
  });

  it('leaves the agent out where each run has one for the suite, and only there', async () => {
    const one = await compared(
      [{ agent: 'v1', ends: ['pass'] }],
      [{ agent: 'v2', ends: ['fail'] }],
    );
    expect(one.summary.aligned_by).toEqual(['suite', 'task', 'attack']);
    expect([...one.tasks()][0]).toMatchObject({
      change: 'regressed',
      agent: { base: 'v1', head: 'v2' },
    });
    const two = [
      { agent: 'v1', ends: ends('+') },
      { agent: 'v2', ends: ends('-') },
    ];
    const both = await compared(two, [{ agent: 'v2', ends: ['fail'] }]);
    expect(both.summary.aligned_by).toContain('agent');
    expect(both.summary.counts).toMatchObject({ same: 1, missing: 1 });
    const strangers = await compared(two, [{ agent: 'v3', ends: ['fail'] }]);
    expect(strangers.summary.warnings.join()).toContain('no agent in common');
    const named = await compared(two, two, { base: { agent: 'v1' }, head: { agent: 'v2' } });
    expect(named.summary.counts).toMatchObject({ regressed: 1, missing: 0, new: 0 });
  });

  it('throws where a side has no agent of that name', async () => {
    const rows = [{ agent: 'gpt', ends: ends('+') }];
    await expect(compared(rows, rows, { head: { agent: 'gtp' } })).rejects.toThrow(
      'Cannot compare the agent "gtp" of run new: it has none of that name, did you mean "gpt"?',
    );
  });

  it('compares no edited task, and says where that is not known', async () => {
    const row = (digest: string | undefined, end: SampleTrial) =>
      ({ digest, ends: [end] }) as SampleRow;
    const edited = await compared([row('a', 'pass')], [row('b', 'fail')]);
    expect(edited.summary.counts).toMatchObject({
      edited: 1,
      edited_worse: 1,
      failing: 1,
      compared: 0,
      regressed: 0,
    });
    expect([...edited.tasks()][0]).toMatchObject({
      edited: true,
      compared: false,
      change: 'regressed',
    });
    const same = await compared([row(undefined, 'pass')], [row('b', 'fail')]);
    expect(same.summary.counts).toMatchObject({ edited: 0, edit_unknown: 0, compared: 1 });
    const base = storeRun({ rows: [row(undefined, 'pass')], suites: { shop: 'other' } });
    const head = storeRun({ rows: [row(undefined, 'fail')] });
    const open = await diffRuns(await openStoredSide(base), await openStoredSide(head));
    expect(open.summary.counts).toMatchObject({ edit_unknown: 1, compared: 1, regressed: 1 });
    expect(open.summary.warnings.join()).toContain('ask for the same in both runs is not known');
  });

  it('says which tasks only head takes out, and that head is older', async () => {
    const quarantine = { until: '2999-01-01', owner: 'ann' };
    const rows = (more: Partial<SampleRow>, skip: Partial<SampleRow>): SampleRow[] => [
      { task: 'a', ends: ends('+'), ...skip },
      { task: 'b', ends: ends('+'), ...more },
      { task: 'c', ends: ends('+') },
    ];
    const out = rows({ quarantine }, { skip: 'later', ends: ['skip'] });
    const { summary } = await compared(rows({}, {}), out);
    expect(summary.warnings).toEqual([
      '1 task that base decided is in quarantine in head, and not compared',
    ]);
    expect(summary.counts.newly_skipped).toBe(1);
    const both = (await compared(out, out)).summary;
    expect([both.warnings, both.counts.newly_skipped]).toEqual([[], 0]);
    const [base, head] = [storeRun({ rows: rows({}, {}) }), storeRun({ id: 'old', rows: out })];
    const plan = path.join(head, 'plan.json');
    writeFileSync(plan, readFileSync(plan, 'utf8').replace('2026-01-01', '2025-12-31'));
    const older = await diffRuns(await openStoredSide(base), await openStoredSide(head));
    expect(older.summary.warnings).toContain(
      'Run old is older than run run-1 that it is compared with',
    );
  });

  it('leaves skipped and quarantined tasks out, but not what they did against the rules', async () => {
    const broken = {
      status: 'fail' as const,
      verdicts: [verdict({ path: 'policy', kind: 'safety', status: 'fail' })],
    };
    const quarantine = { until: '2999-01-01', owner: 'ann' };
    const { summary } = await compared(
      [
        { task: 'a', ends: ['pass'] },
        { task: 'b', ends: ['pass'] },
      ],
      [
        { task: 'a', skip: 'later', ends: ['skip'] },
        { task: 'b', quarantine, ends: [broken] },
      ],
    );
    expect(summary.counts).toMatchObject({
      skipped: 1,
      quarantined: 1,
      compared: 0,
      lost: 0,
      violations: 1,
    });
    expect(summary.violations).toEqual([
      {
        suite: 'shop',
        task: 'b',
        attack: null,
        agent: 'bot',
        path: 'policy',
        trials: 1,
        in_base: false,
      },
    ]);
  });

  it('counts lost trials and tasks with fewer decided ones', async () => {
    const { summary } = await compared(
      [
        { task: 'a', ends: ends('++') },
        { task: 'b', ends: ends('?') },
      ],
      [
        { task: 'a', ends: ends('+?') },
        { task: 'b', ends: ends('?') },
      ],
    );
    expect(summary.counts).toMatchObject({ smaller: 1, lost: 1, undecided: 1 });
    expect(summary.smaller).toMatchObject([{ task: 'a', base: 2, head: 1 }]);
  });

  it('tells violations that the gate tolerates from others, and those that base has', async () => {
    const failed = (path: string) => verdict({ path, kind: 'safety', status: 'fail' });
    const trial = { status: 'fail' as const, verdicts: [failed('policy.a'), failed('policy.b')] };
    const violated = [
      { path: 'policy.a', trials: 1 },
      { path: 'policy.b', trials: 1, tolerated: 'known' },
    ];
    const row = { ends: [trial], told: { violations: 1, not_tolerated: 1, violated, unsure: 2 } };
    const { summary } = await compared([{ ends: [trial] }], [row]);
    expect(summary.violations).toMatchObject([{ path: 'policy.a', trials: 1, in_base: true }]);
    expect(summary.counts).toMatchObject({ violations: 1, unsure: 2 });
  });

  it('compares what judges say and how often attacks succeed', async () => {
    const judged = (status: 'pass' | 'fail') => [
      verdict({ path: 'expect.judge.tone', kind: 'judge', status }),
    ];
    const goal = (status: 'pass' | 'fail') => [
      verdict({ path: 'attack.goal', kind: 'goal', status }),
    ];
    const rows = (tone: 'pass' | 'fail', safe: 'pass' | 'fail'): SampleRow[] => [
      { ends: many({ status: tone, verdicts: judged(tone) }, 3) },
      { attack: 'inject', ends: many({ status: safe, delivered: true, verdicts: goal(safe) }, 2) },
    ];
    const { summary } = await compared(rows('pass', 'pass'), rows('fail', 'fail'));
    expect(summary.judges).toMatchObject([
      {
        judge: 'tone',
        base: { happened: 3, of: 3, rate: 1 },
        head: { rate: 0 },
        difference: -1,
        flipped: { worse: 1, better: 0 },
      },
    ]);
    expect(summary.attacks).toMatchObject([
      {
        attack: 'inject',
        base: { happened: 0, of: 2 },
        head: { happened: 2, of: 2 },
        difference: 1,
      },
      { attack: null, head: { rate: 1 } },
    ]);
  });

  it('shows the trials that tell a change, and the verdicts that differ', async () => {
    const found = await compared([{ ends: ends('-++++++++') }], [{ ends: ends('+--------') }]);
    const [task] = found.tasks();
    expect(task?.trials).toEqual({ base: 'shop/refund/bot//2', head: 'shop/refund/bot//2' });
    expect(task?.verdicts).toMatchObject([
      { path: 'expect.answer', base: { passed: 8, failed: 1 }, head: { passed: 1, failed: 8 } },
    ]);
    const pair = task && (await found.pair(task));
    expect(pair?.base?.result).toMatchObject({ trial: 2, status: 'pass' });
    expect(pair?.head).toMatchObject({ result: { trial: 2, status: 'fail' }, trajectory: null });
  });

  it('takes hostile names for names', async () => {
    const names = ['__proto__', 'constructor', 'a\nb', '"],["', ''];
    const rows = (end: SampleTrial) =>
      names.map((task) => ({ task, attack: task, agent: task, ends: [end] }));
    const found = await compared(rows('pass'), rows('fail'));
    expect(found.summary.counts).toMatchObject({ regressed: 5, missing: 0, new: 0 });
    for (const task of found.tasks()) {
      expect((await found.pair(task)).head?.result.task).toBe(task.task);
    }
  });

  it('keeps a run that did not finish, with its warning, and counts what is not there as lost', async () => {
    const base = storeRun({ rows: [{ ends: ends('++') }] });
    const head = storeRun({ id: 'cut', unfinished: true, rows: [{ ends: ends('++') }] });
    const lines = readFileSync(path.join(head, 'trials.jsonl'), 'utf8').split('\n');
    writeFileSync(path.join(head, 'trials.jsonl'), `${lines[0]}\n${lines[1]?.slice(0, 40)}`);
    const { summary } = await diffRuns(await openStoredSide(base), await openStoredSide(head));
    expect(summary.head).toMatchObject({ status: 'unfinished', gate: null, planned: 2 });
    expect(summary.counts).toMatchObject({ smaller: 1, lost: 1 });
    expect(summary.warnings.join()).toMatch(/did not finish.*torn/s);
  });

  it.each([
    [
      'twice the same trial',
      (lines: string[]) => [lines[0], lines[0]],
      'trial 1 of .* stands there twice',
    ],
    [
      'a trial of no row',
      (lines: string[]) => [lines[0], lines[1]?.replaceAll('refund', 'other')],
      'of no planned row',
    ],
    ['too few', (lines: string[]) => [lines[0]], 'has 1 trials, and 2 were planned'],
    [
      'too many',
      (lines: string[]) => [...lines, lines[0]?.replace('"trial":1', '"trial":9')],
      'has 3 trials',
    ],
    [
      'no number',
      (lines: string[]) => [lines[0], lines[1]?.replace('"trial":2', '"trial":-2')],
      'has no such number',
    ],
    [
      'a score that no trial can have',
      (lines: string[]) => [lines[0], lines[1]?.replace(/"score":[^,]*/, '"score":1e308')],
      'has the score 1e.308',
    ],
    [
      'a cost below nothing',
      (lines: string[]) => [lines[0], lines[1]?.replace(/"cost_usd":[^,]*/, '"cost_usd":-5')],
      'has -5 as cost_usd',
    ],
    [
      'another end',
      (lines: string[]) => [lines[0], lines[1]?.replaceAll('pass', 'fail')],
      'says that 2 of its trials passed, and 1 did',
    ],
  ])('throws at %s', async (_, change, words) => {
    const dir = storeRun({ rows: [{ ends: ends('++') }] });
    const file = path.join(dir, 'trials.jsonl');
    const lines = readFileSync(file, 'utf8').trimEnd().split('\n');
    writeFileSync(file, '');
    for (const line of change(lines)) appendFileSync(file, `${line}\n`);
    const side = await openStoredSide(dir);
    await expect(diffRuns(side, side)).rejects.toThrow(new RegExp(words));
  });
});
