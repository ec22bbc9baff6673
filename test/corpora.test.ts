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
