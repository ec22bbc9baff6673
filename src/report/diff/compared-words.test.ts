import { describe, expect, it } from 'vitest';
import type { GroupChange } from '../../model/diff.ts';
import {
  coverageTexts,
  detectableTexts,
  diffCommand,
  passText,
  showCommand,
  sideText,
  taskName,
} from './compared-words.ts';
import { sampleDiff } from './sample-diff.test-support.ts';
import { sampleFacts, sampleGroup } from './sample-summary.test-support.ts';
import { sampleSide, sampleTask } from './sample-task.test-support.ts';

const plain = sampleDiff();
const { summary } = plain.diff;
const say = (text: string) => text;

describe('sideText()', () => {
  it.each([
    [{}, 'main a1b2c3d4e5 · 2026-11-20 09:00 · 32 trials · gate pass'],
    [{ git: null, gate: null }, '2026-11-20 09:00 · 32 trials'],
    [
      { git: { commit: null, branch: 'x', dirty: null }, status: 'unfinished' as const },
      '2026-11-20 09:00 · unfinished · 32 trials · gate pass',
    ],
    [
      { agent: 'v2', labels: { a: '1', b: '2' } },
      'agent v2 · main a1b2c3d4e5 · a=1 · b=2 · 2026-11-20 09:00 · 32 trials · gate pass',
    ],
  ])('names run, commit, labels and state: %#', (facts, wanted) => {
    expect(sideText(sampleFacts(facts), say, '·')).toBe(`20261120-090000-abc · ${wanted}`);
  });

  it('says where it is no run, and counts labels beyond the first', () => {
    const labels = Object.fromEntries(Array.from({ length: 9 }, (_, at) => [`k${at}`, 'v']));
    const text = sideText(sampleFacts({ source: 'baseline', labels }), say, '·');
    expect(text).toContain('20261120-090000-abc (a baseline) ·');
    expect(text).toContain('k4=v · 4 more labels ·');
  });
});

describe('coverageTexts()', () => {
  it('is one sentence where all was compared', () => {
    const counts = Object.fromEntries(Object.keys(summary.counts).map((key) => [key, 0]));
    const whole = { ...summary.counts, ...counts, compared: 1 };
    expect(coverageTexts({ ...summary, counts: whole, missing: [], smaller: [] }, say)).toEqual([
      '1 task compared, aligned by suite, task, attack, agent',
    ]);
  });

  it('tells all that is not compared or less than it was', () => {
    const counts = Object.fromEntries(Object.keys(summary.counts).map((key) => [key, 2]));
    const all = { ...summary, counts: { ...summary.counts, ...counts } };
    expect(coverageTexts(all, say)).toEqual([
      '2 tasks compared, aligned by suite, task, attack, agent',
      'Not compared: 2 missing in head, 2 new in head, 2 edited, 2 quarantined, 2 skipped',
      'Missing: cancel-order and 1 more',
      '2 tasks without a decided trial in one of the runs',
      '2 tasks of which a run does not tell what was asked for',
      '2 tasks with fewer decided trials than base (change-address 4 to 0 and 1 more)',
      '2 trials of head lost to errors or skips',
      '2 edited tasks passed before and not now',
      '2 trials of head with a violation',
      '2 trials of head in which a violation cannot be ruled out',
    ]);
  });
});

describe('detectableTexts()', () => {
  const help: [Partial<GroupChange>, string][] = [
    [
      { would_help: { more: 'tasks', tasks: 120, trials: null } },
      'More tasks would help more than trials: about 120 tasks to show the margin of 3 points',
    ],
    [
      { would_help: { more: 'trials', tasks: null, trials: 9 } },
      'More trials would help more than tasks: about 9 trials of each task to show the margin of 3 points',
    ],
    [
      { would_help: { more: 'either', tasks: null, trials: null } },
      'It takes more tasks, or more trials, to show the margin of 3 points',
    ],
    [
      { would_help: { more: 'nothing', tasks: null, trials: null } },
      'Neither more tasks nor more trials would change that',
    ],
    [
      { detectable: 0.02, would_help: { more: 'nothing', tasks: null, trials: null } },
      'That is enough for the margin of 3 points',
    ],
  ];
  it.each(help)('says what would show a smaller difference: %#', (group, wanted) => {
    const [text] = detectableTexts({ ...summary, groups: [sampleGroup(group)] }, plain.gate, say);
    expect(text).toBe(
      `Smallest difference that shows, 4 times in 5: ${group.detectable ? '2' : '18'} points. ${wanted}`,
    );
  });

  it('says of groups in which nothing would show that they are too small', () => {
    const groups = [sampleGroup({ detectable: null })];
    expect(detectableTexts({ ...summary, groups }, plain.gate, say)[0]).toMatch(
      /^So few trials show no difference, not even one of 100 points\. More tasks/,
    );
  });
});

describe('passText() and taskName()', () => {
  it.each([
    [sampleTask({ p: 0.2 }, [4, 4], [1, 4]), '4/4 → 1/4, p 0.200'],
    [sampleTask({}, null, [1, 4]), '– → 1/4'],
    [
      sampleTask({ head: sampleSide(1, 4, { errored: 2 }) }, [4, 4], [1, 4]),
      '4/4 → 1/4 (2 in error)',
    ],
  ])('count what passed: %#', (task, wanted) => expect(passText(task, '→', '–')).toBe(wanted));

  it('name the attack, and suite and agents where there are several', () => {
    const agent = { base: 'v1', head: 'v2' };
    const task = sampleTask({ task: null, attack: 'leak', agent }, [1, 1], [1, 1]);
    expect(taskName(task, say, false)).toBe('no task named under leak');
    expect(taskName(task, say, true)).toBe('no task named under leak (shop-support by v1 and v2)');
  });
});

describe('diffCommand() and showCommand()', () => {
  it('names no run that a shell would read as more', () => {
    const evil = sampleFacts({ run: '$(reboot)' });
    expect(diffCommand({ ...summary, base: evil }, say)).toBeNull();
    expect(showCommand(evil, 'a', say)).toBeNull();
    expect(showCommand(sampleFacts({}), 'ab'.repeat(32), say)).toBe(
      'agentops show 20261120-090000-abc abababababab',
    );
  });

  it.each([
    [{}, {}, 'agentops diff 20261120-090000-abc 20261120-090000-abc'],
    [
      { source: 'baseline' as const },
      { agent: 'v2' },
      'agentops diff baseline 20261120-090000-abc#v2',
    ],
    [{}, { agent: 'a; rm -rf /' }, 'agentops diff 20261120-090000-abc 20261120-090000-abc'],
    [{ source: 'report' as const }, {}, null],
  ])('names both sides as the command line takes them: %#', (base, head, wanted) => {
    const sides = { base: sampleFacts(base), head: sampleFacts(head) };
    expect(diffCommand({ ...summary, ...sides }, say)).toBe(wanted);
  });
});
