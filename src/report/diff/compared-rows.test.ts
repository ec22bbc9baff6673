import { describe, expect, it } from 'vitest';
import type { FigureChange } from '../../model/diff.ts';
import { attackRows, figureRows, judgeRows, pointsText, pText } from './compared-rows.ts';
import { sampleDiff } from './sample-diff.test-support.ts';
import { sampleFigure, sampleGroup } from './sample-summary.test-support.ts';

const plain = sampleDiff().diff.summary;

function rowOf(figure: FigureChange) {
  const [row] = figureRows({ ...plain, figures: [figure], groups: [] }, (name) => name);
  return row;
}

describe('figureRows()', () => {
  it.each([
    [sampleFigure('pass_rate', 0.999, 1, 0.01), '99.9% 100% +0.1 pt [-0.9 pt to +1.1 pt]', null],
    [sampleFigure('pass_rate', 1, 0.5, 0.2), '100% 50% -50 pt [-70 pt to -30 pt]', 'worse'],
    [sampleFigure('pass_rate', 0.5, 0.5, 0.1234), '50% 50% 0 pt [-12.4 pt to +12.4 pt]', null],
    [sampleFigure('score', 0.5, 0.75, 0.111), '0.50 0.75 +0.25 [+0.13 to +0.37]', 'better'],
    [sampleFigure('score', 0.996, 0.825, 0.1), '0.99 0.82 -0.17 [-0.28 to -0.07]', 'worse'],
    [sampleFigure('cost_usd', 0.00004, 0.5, null), '<$0.0001 $0.5000 +$0.5000 []', null],
    [sampleFigure('cost_usd', 2, 1, 0.5), '$2.00 $1.00 -$1.00 [-$1.50 to -$0.5000]', 'better'],
    [
      sampleFigure('cost_usd', 0.00005, 0.00003, 0.00001),
      '<$0.0001 <$0.0001 -<$0.0001 [-$0.0001 to -<$0.0001]',
      'better',
    ],
    [
      sampleFigure('tokens', 12_345, 23_456, 1),
      '12,345 23,456 +11,111 [+11,110 to +11,112]',
      'worse',
    ],
    [sampleFigure('steps', 4, 4, 0), '4.0 4.0 0.0 [0.0 to 0.0]', null],
    [
      sampleFigure('seconds', 0.25, 75, 1),
      '250 ms 1 min 15 s +1 min 15 s [+1 min 13 s to +1 min 16 s]',
      'worse',
    ],
    [sampleFigure('score', null, 0.5, null), ' 0.50  []', null],
  ])(
    'writes figures with their unit and bounds that are never too narrow: %#',
    (figure, wanted, verdict) => {
      const row = rowOf(figure);
      expect(`${row?.base} ${row?.head} ${row?.difference} [${row?.interval}]`).toBe(wanted);
      expect(row?.verdict).toBe(verdict);
    },
  );

  it.each([
    [{ value: 1.2, interval: null }, '+20%'],
    [{ value: 0.5, interval: null }, '-50%'],
    [
      { value: 1, interval: { lower: 0.98765, upper: 1.01234, level: 0.95, method: 't' } },
      '0% (-1.3% to +1.3%)',
    ],
    [
      { value: 1.5, interval: { lower: 0.001, upper: 4e9, level: 0.95, method: 't' } },
      '+50% (-99.9% to >+1000%)',
    ],
    [null, ''],
  ])('writes a ratio as a change: %#', (ratio, wanted) => {
    expect(rowOf(sampleFigure('tokens', 1, 1, null, { ratio }))?.ratio).toBe(wanted);
  });

  it('names each suite and agent where there are several', () => {
    const groups = [
      sampleGroup({}),
      sampleGroup({ suite: 'bank', agent: { base: 'v1', head: 'v2' } }),
    ];
    const names = figureRows({ ...plain, figures: [], groups }, (name) => `<${name}>`).map(
      ({ name }) => name,
    );
    expect(names).toEqual([
      'pass rate: <shop-support> by <recorded>',
      'pass rate: <bank> by <v1> and <v2>',
    ]);
  });
});

describe('judgeRows() and attackRows()', () => {
  it('take more content judges as better, and more attacks that succeed as worse', () => {
    const interval = { lower: 0.1, upper: 0.3, level: 0.95, method: 'paired_t' };
    const judges = plain.judges.map((one) => ({ ...one, interval }));
    const attacks = plain.attacks.map((one) => ({ ...one, interval, attack: 'leak' }));
    const say = (name: string) => name;
    expect(judgeRows({ ...plain, judges }, say)).toMatchObject([{ verdict: 'better' }]);
    expect(attackRows({ ...plain, attacks }, say)).toMatchObject([
      { verdict: 'worse', name: 'leak' },
    ]);
  });
});

describe('pointsText() and pText()', () => {
  it.each([
    [0.18, '18 points'],
    [0.01, '1 point'],
    [0.0333, '3.3 points'],
  ])('tell %d in points', (value, text) => expect(pointsText(value)).toBe(text));

  it.each([
    [0.0004, '<0.001'],
    [0.05, '0.050'],
    [1, '1.000'],
  ])('tell p %d', (value, text) => expect(pText(value)).toBe(text));
});
