import { describe, expect, it } from 'vitest';
import { type AdkMatch, adkToolTrajectory } from './adk-tool-trajectory.ts';
import {
  deepevalToolCorrectness,
  type ToolCorrectnessOptions,
} from './deepeval-tool-correctness.ts';
import { type Sketch, sketched } from './metrics.test-support.ts';
import { precisionRecall } from './precision-recall.ts';
import { type RagasVariant, ragasToolCallAccuracy } from './ragas-tool-call-accuracy.ts';

type Calls = readonly Sketch[];
const unknown: Sketch = ['a', undefined];
const proto = JSON.parse('{"__proto__": 1}');

describe('precisionRecall()', () => {
  it.each<[name: string, expected: Calls, made: Calls, p: number, r: number, f1: number]>([
    ['is 1 where nothing was expected or made', [], [], 1, 1, 1],
    ['is 0 where nothing was expected', [], ['a'], 0, 0, 0],
    ['is 0 where nothing was made', ['a'], [], 0, 0, 0],
    ['counts equal calls apart', ['a', 'a'], ['a'], 1, 0.5, 2 / 3],
    ['counts an equal call too many', ['a'], ['a', 'a'], 0.5, 1, 2 / 3],
    ['looks at arguments', [['a', { x: 1 }]], [['a', { x: 2 }]], 0, 0, 0],
    ['reads 1.0 as 1', [['a', { x: 1 }]], [['a', JSON.parse('{"x":1.0}')]], 1, 1, 1],
    ['keeps true from 1', [['a', { x: 1 }]], [['a', { x: true }]], 0, 0, 0],
    ['keeps "1" from 1', [['a', { x: 1 }]], [['a', { x: '1' }]], 0, 0, 0],
    [
      'does not care for the order of keys',
      [['a', { x: 1, y: 2 }]],
      [['a', { y: 2, x: 1 }]],
      1,
      1,
      1,
    ],
    ['compares lists', [['a', { x: [1, { y: [] }] }]], [['a', { x: [1, { y: [] }] }]], 1, 1, 1],
    ['keeps [] from {}', [['a', { x: [] }]], [['a', { x: {} }]], 0, 0, 0],
    ['keeps null from absent', [['a', { x: null }]], [['a', {}]], 0, 0, 0],
    [
      'takes tools of any name',
      ['constructor', '__proto__'],
      ['__proto__', 'constructor'],
      1,
      1,
      1,
    ],
    ['does not find such tools by chance', ['constructor'], ['toString'], 0, 0, 0],
    ['takes arguments of any name', [['a', proto]], [['a', proto]], 1, 1, 1],
    ['keeps them apart', [['a', proto]], [['a', {}]], 0, 0, 0],
    ['never finds unknown arguments equal', [unknown], [unknown], 0, 0, 0],
    [
      'nor such as were redacted',
      [['a', { x: '[redacted:k]' }]],
      [['a', { x: '[redacted:k]' }]],
      0,
      0,
      0,
    ],
    ['nor numbers beyond 2^53', [['a', { x: 2 ** 60 }]], [['a', { x: 2 ** 60 }]], 0, 0, 0],
  ])('%s', (_, expected, made, precision, recall, f1) => {
    const found = precisionRecall(sketched(...expected), sketched(...made));
    expect([found.precision, found.recall, found.f1]).toEqual([precision, recall, f1]);
  });
});

describe('adkToolTrajectory()', () => {
  it.each<[name: string, match: AdkMatch, expected: Calls[], made: Calls[], value: number]>([
    ['is exact in length', 'exact', [['a']], [['a', 'a']], 0],
    ['is exact in order', 'exact', [['a', 'b']], [['b', 'a']], 0],
    ['takes no call for none', 'exact', [[]], [[]], 1],
    ['lets others stand between', 'in_order', [['a', 'b']], [['a', 'x', 'b']], 1],
    ['wants the order', 'in_order', [['a', 'b']], [['b', 'a']], 0],
    ['is met by anything where nothing is expected, as in ADK', 'in_order', [[]], [['x']], 1],
    ['uses each call once', 'any_order', [['a', 'a']], [['a']], 0],
    ['takes any order', 'any_order', [['a', 'b']], [['b', 'x', 'a']], 1],
    ['is the mean over turns', 'exact', [['a'], ['b'], ['c']], [['a'], ['x'], ['c']], 2 / 3],
    ['keeps turns apart', 'any_order', [['a'], ['b']], [['a', 'b'], []], 0.5],
    ['never finds unknown arguments equal', 'exact', [[unknown]], [[unknown]], 0],
    ['nor in order', 'in_order', [[unknown]], [[unknown]], 0],
    ['keeps true from 1', 'exact', [[['a', { x: 1 }]]], [[['a', { x: true }]]], 0],
  ])('%s', (_, match, expected, made, value) => {
    const turns = [expected, made].map((side) => side.map((turn) => sketched(...turn)));
    expect(adkToolTrajectory(turns[0] ?? [], turns[1] ?? [], match)).toBe(value);
  });

  it('compares names alone when it ignores arguments', () => {
    const [expected, made] = [[sketched(['a', { x: 1 }])], [sketched(unknown)]];
    expect(adkToolTrajectory(expected, made, 'exact', true)).toBe(1);
  });
});

describe('deepevalToolCorrectness()', () => {
  const params = { params: true };
  it.each<
    [name: string, options: ToolCorrectnessOptions, expected: Calls, made: Calls, value: number]
  >([
    ['is 1 where nothing was expected or made', {}, [], [], 1],
    ['is 0 where nothing was expected', {}, [], ['a'], 0],
    ['counts equal calls each', {}, ['a', 'a'], ['a', 'a'], 1],
    ['uses a call once', {}, ['a', 'a'], ['a'], 0.5],
    ['takes names alone', {}, ['a'], [unknown], 1],
    ['never finds unknown arguments alike', params, [unknown], [unknown], 0],
    ['shares out arguments', params, [['a', { x: 1, y: 2 }]], [['a', { x: 1, y: 3 }]], 0.5],
    ['counts an argument too many', params, [['a', { x: 1 }]], [['a', { x: 1, z: 9 }]], 0.5],
    ['compares no arguments with some', params, ['a'], [['a', { x: 1 }]], 0],
    ['compares arguments that are no map', params, [['a', [1]]], [['a', [2]]], 0],
    ['takes arguments of any name', params, [['a', proto]], [['a', { x: 1 }]], 0],
    ['takes tools of any name', params, ['constructor'], ['__proto__', 'constructor'], 1],
    [
      'pairs as well as can be, where greed would not',
      params,
      [
        ['a', { x: 1, y: 1 }],
        ['a', { x: 1, y: 1, z: 1 }],
      ],
      [
        ['a', { x: 1, y: 1, z: 2 }],
        ['a', { x: 1, y: 2 }],
      ],
      (2 / 3 + 1 / 2) / 2,
    ],
    ['keeps the order', { match: 'in_order' }, ['a', 'b', 'c'], ['a', 'c', 'b'], 2 / 3],
    ['trims equal ends once', { match: 'in_order' }, ['a', 'a'], ['a'], 0.5],
    ['trims them at both', { match: 'in_order' }, ['a', 'x', 'b'], ['a', 'b'], 2 / 3],
    ['wants outputs', { output: true }, [['a', {}, 1]], [['a', {}, 2]], 0],
    ['takes equal outputs', { output: true }, [['a', {}, { n: 1 }]], [['a', {}, { n: 1 }]], 1],
    ['is exact in length', { match: 'exact' }, ['a'], ['a', 'a'], 0],
    ['is exact in order', { match: 'exact' }, ['a', 'b'], ['b', 'a'], 0],
    [
      'is exact in arguments',
      { match: 'exact', ...params },
      [['a', { x: 1 }]],
      [['a', { x: 2 }]],
      0,
    ],
    ['and never by unknown ones', { match: 'exact', ...params }, [unknown], [unknown], 0],
  ])('%s', (_, options, expected, made, value) => {
    expect(deepevalToolCorrectness(sketched(...expected), sketched(...made), options)).toBe(value);
  });
});

describe('ragasToolCallAccuracy()', () => {
  it.each<[name: string, variant: RagasVariant, expected: Calls, made: Calls, value: number]>([
    ['is 1 where nothing was expected or made', 'strict', [], [], 1],
    ['is 0 where nothing was expected', 'contained', [], ['a'], 0],
    ['is 0 for a call too many', 'flexible', ['a'], ['a', 'a'], 0],
    ['lets others stand between', 'subsequence', ['a', 'b'], ['a', 'x', 'b'], 1],
    ['wants the order of names', 'subsequence', ['a', 'b'], ['b', 'a'], 0],
    ['takes any order', 'contained', ['a', 'b'], ['b', 'x', 'a'], 1],
    ['uses a call once', 'contained', ['a', 'a'], ['a', 'b'], 0],
    ['never finds unknown arguments alike', 'strict', [unknown], [unknown], 0],
    ['takes arguments of any name', 'strict', [['a', proto]], [['a', {}]], 0],
    [
      'gives an equal call to where it serves best',
      'flexible',
      [
        ['a', { p: 1, q: 1 }],
        ['a', { p: 1 }],
      ],
      [
        ['a', { p: 1, q: 1 }],
        ['a', { q: 1, p: 2 }],
      ],
      0.75,
    ],
  ])('%s', (_, variant, expected, made, value) => {
    expect(ragasToolCallAccuracy(sketched(...expected), sketched(...made), variant)).toBe(value);
  });
});
