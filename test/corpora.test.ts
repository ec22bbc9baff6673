import { describe, expect, it } from 'vitest';
import { causesIn } from '../scripts/corpora/causes.mjs';
import { compare } from '../scripts/corpora/compare.mjs';
import { checksOf, jsonOf, textOf } from '../scripts/corpora/report.mjs';

function answers(counts: Record<string, number>) {
  return Object.entries(counts).flatMap(([pair, n]) =>
    Array.from({ length: n }, (_, index) => {
      const [theirs = '', ours = ''] = pair.split(' ');
      return { key: `${pair} ${index}`, theirs, ours };
    }),
  );
}

describe('compare()', () => {
  it('computes kappa as in the worked example of two who grade fifty proposals', () => {
    const { n, agreed, kappa, confusion } = compare(
      answers({ 'pass pass': 20, 'pass fail': 5, 'fail pass': 10, 'fail fail': 15 }),
    );
    expect({ n, agreed }).toEqual({ n: 50, agreed: 35 });
    expect(kappa).toBeCloseTo(0.4, 12);
    expect(confusion).toEqual({ pass: { pass: 20, fail: 5 }, fail: { pass: 10, fail: 15 } });
  });

  it('counts what was not judged, or not decided, as disagreement', () => {
    const { agreed, disagreements } = compare(
      answers({ 'pass pass': 1, 'pass error': 1, 'fail absent': 1 }),
    );
    expect(agreed).toBe(1);
    expect(disagreements.map(({ ours }) => ours)).toEqual(['error', 'absent']);
  });

  it('has no kappa where all answers are the same, or none is there', () => {
    expect(compare(answers({ 'pass pass': 3 })).kappa).toBeNull();
    expect(compare([]).kappa).toBeNull();
  });
});

describe('checksOf()', () => {
  const result = { corpus: 'c', set: 's', question: 'reward' };

  it('counts results of one pool together, and allows whole disagreements', () => {
    const bar = { agreed: 39, of: 40, pool: 'all' };
    const halves = [
      { ...result, bar, answers: answers({ 'pass pass': 20 }) },
      { ...result, bar, answers: answers({ 'pass pass': 18, 'pass fail': 2 }) },
    ];
    expect(checksOf(halves)).toEqual([
      { name: 'all', wanted: '≥ 39/40', found: '38/40', holds: false },
    ]);
    expect(checksOf(halves.slice(0, 1))[0]?.holds).toBe(true);
  });

  it('allows none where none is', () => {
    const bar = { agreed: 1, of: 1 };
    const [check] = checksOf([{ ...result, bar, answers: answers({ 'fail pass': 1 }) }]);
    expect(check).toMatchObject({ wanted: '≥ 1/1', found: '0/1', holds: false });
  });

  it('holds figures to their digits where they are held', () => {
    const figures = [
      { figure: 'a', ours: 0.51234, theirs: 0.5123, digits: 4, isHeld: true },
      { figure: 'b', ours: 0.51251, theirs: 0.5123, digits: 4, isHeld: true },
      { figure: 'c', ours: 0, theirs: 1, digits: 4, isHeld: false },
    ];
    const checks = checksOf([{ ...result, answers: [], figures }]);
    expect(checks.map(({ holds }) => holds)).toEqual([true, false]);
  });
});

describe('alarms', () => {
  const alarm = { rule: 'no_loops', on: 'passed', n: 100, undecided: [], most: 0.02 };
  const set = (name: string, more: object) => ({
    corpus: 'c',
    set: name,
    question: 'reward',
    answers: [],
    alarms: [{ ...alarm, fired: [] as string[], ...more }],
  });
  const causes = causesIn('| `s` | `1#1 no_loops` | Right: It went round |\n');

  it('counts those of all sets together, but for those that are right', () => {
    const judged = [
      set('s', { fired: ['1#1', '2#1'] }),
      set('t', { fired: ['1#1', '3#1', '4#1'] }),
    ];
    expect(checksOf(judged, causes)).toEqual([
      { name: 'c, no_loops on passed', wanted: '≤ 2 %', found: '4/200, 2.0 %', holds: true },
    ]);
    expect(checksOf(judged)).toMatchObject([{ found: '5/200, 2.5 %', holds: false }]);
    const text = textOf(judged, [], causes);
    expect(text).toContain('fires on 5/200, 2.5 %; false 4/200, 2.0 % (≤ 2 %)');
    expect(text).toContain('c s 1#1, no_loops on passed: Right: It went round');
    expect(text).toContain('c t 1#1, no_loops on passed: not looked into');
    const { alarms } = jsonOf(judged, [], causes);
    expect(alarms[0]?.fired[0]).toEqual({
      case: 's 1#1',
      cause: 'Right: It went round',
      isRight: true,
    });
  });

  it('counts what cannot be decided as false, and never keeps what was not judged', () => {
    const open = set('s', { undecided: ['1#2', '2#2', '3#2'] });
    expect(checksOf([open])).toMatchObject([{ found: '3/100, 3.0 %', holds: false }]);
    const broken = [set('s', {}), set('t', { n: 0, fault: 'x.yaml:1 error' })];
    expect(checksOf(broken)).toMatchObject([{ found: 'not judged', holds: false }]);
    expect(checksOf([set('s', { n: 0 })])).toMatchObject([{ holds: false }]);
  });

  it('only tells what is held to no share', () => {
    const judged = [set('s', { fired: ['1#1'], most: null })];
    expect(checksOf(judged)).toEqual([]);
    expect(textOf(judged, [], causes)).toContain('c, no_loops on passed: fires on 1/100, 1.0 %');
    expect(textOf(judged, [], causes)).not.toContain('1#1');
  });
});

describe('textOf()', () => {
  const causes = causesIn(
    '| set | key | cause |\n|---|---|---|\n| `s` | `12#1` | Changes nothing |\n',
  );
  const judged = [
    {
      corpus: 'c',
      set: 's',
      question: 'reward',
      faults: 'x.json:1 error: It is torn',
      answers: [
        { key: '12#1', theirs: 'pass', ours: 'fail' },
        { key: '1\u001b[31m', theirs: 'pass', ours: 'error', note: 'type_error' },
        { key: '13#1', theirs: 'pass', ours: 'absent' },
      ],
    },
  ];

  it('tells each disagreement with its cause, and what was not imported', () => {
    const text = textOf(judged, [], causes);
    expect(text).toContain('12#1: theirs pass, ours fail: Changes nothing');
    expect(text).toContain('1?[31m: theirs pass, ours error: they say type_error');
    expect(text).toContain('13#1: theirs pass, ours absent: not looked into');
    expect(text).toContain('c s: x.json:1 error: It is torn');
  });

  it('has the same in JSON', () => {
    const { ok, results } = jsonOf(judged, [], causes);
    expect(ok).toBe(true);
    expect(results[0]).toMatchObject({ n: 3, agreed: 0, agreement: 0 });
    expect(results[0]?.disagreements[0]).toMatchObject({ key: '12#1', cause: 'Changes nothing' });
  });
});
