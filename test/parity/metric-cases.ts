import {
  deepevalToolCorrectness,
  type ToolCorrectnessOptions,
} from '../../src/judges/metrics/deepeval-tool-correctness.ts';
import { type Sketch, sketched } from '../../src/judges/metrics/metrics.test-support.ts';
import { precisionRecall } from '../../src/judges/metrics/precision-recall.ts';
import {
  type RagasVariant,
  ragasToolCallAccuracy,
} from '../../src/judges/metrics/ragas-tool-call-accuracy.ts';
import { casesOf, type ParityCase } from './case.ts';

type Calls = readonly Sketch[];

const deepeval =
  (expected: Calls, made: Calls, options: ToolCorrectnessOptions = {}) =>
  () =>
    deepevalToolCorrectness(sketched(...expected), sketched(...made), options);
const ragas =
  (expected: Calls, made: Calls, variant: RagasVariant = 'strict') =>
  () =>
    ragasToolCallAccuracy(sketched(...expected), sketched(...made), variant);
const f1 = (expected: Calls, made: Calls) => () =>
  precisionRecall(sketched(...expected), sketched(...made)).f1;

const a = (args: unknown): Sketch => ['A', args];
const params = { params: true };
const inOrder = { match: 'in_order' } as const;
const exact = { match: 'exact' } as const;

const deepevalCases = casesOf('deepeval.tool_correctness', [
  ['default exp[A,B] called[B,A,C]', 1, deepeval(['A', 'B'], ['B', 'A', 'C'])],
  [
    'default exp[A,A] called[A,A] identical',
    0.5,
    deepeval(['A', 'A'], ['A', 'A']),
    { value: 1, why: 'DeepEval keeps used calls in a set, in which equal calls are one' },
  ],
  ['default exp[A,A] called[A(x1),A(x2)]', 1, deepeval(['A', 'A'], [a({ x: 1 }), a({ x: 2 })])],
  ['default exp[] called[A]', 0, deepeval([], ['A'])],
  ['default exp[] called[]', 1, deepeval([], [])],
  ['default exp[A] called[]', 0, deepeval(['A'], [])],
  [
    'params: exp A{x1,y2} called A{x1,y3}',
    0.5,
    deepeval([a({ x: 1, y: 2 })], [a({ x: 1, y: 3 })], params),
  ],
  [
    'params: exp A{x1} called A{x1,z9} (extra)',
    0.5,
    deepeval([a({ x: 1 })], [a({ x: 1, z: 9 })], params),
  ],
  [
    'params: nested {o:{a1,b2}} vs {o:{a1,b9}}',
    0.5,
    deepeval([a({ o: { a: 1, b: 2 } })], [a({ o: { a: 1, b: 9 } })], params),
  ],
  [
    'params: None vs {}',
    'ERR AttributeError',
    deepeval([a(null)], [a({})], params),
    { value: 0, why: 'DeepEval crashes; null is not {}' },
  ],
  [
    'params: greedy exp[A{x1},A{x1,y1}] called[A{x1,y1},A{x1}]',
    1,
    deepeval([a({ x: 1 }), a({ x: 1, y: 1 })], [a({ x: 1, y: 1 }), a({ x: 1 })], params),
  ],
  ['order: exp[A,B,C] called[A,C,B]', 2 / 3, deepeval(['A', 'B', 'C'], ['A', 'C', 'B'], inOrder)],
  ['order: exp[A,B] called[A,X,B]', 1, deepeval(['A', 'B'], ['A', 'X', 'B'], inOrder)],
  [
    'order+params: exp[A{x1,y2},B] called[A{x1,y9},B]',
    0.75,
    deepeval([a({ x: 1, y: 2 }), 'B'], [a({ x: 1, y: 9 }), 'B'], { ...inOrder, ...params }),
  ],
  [
    'order+output mismatch',
    0,
    deepeval([['A', {}, 1]], [['A', {}, 2]], { ...inOrder, output: true }),
  ],
  ['exact: exp[A] called[A,A]', 0, deepeval(['A'], ['A', 'A'], exact)],
  ['exact: exp[A{x1}] called[A{x2}] no params', 1, deepeval([a({ x: 1 })], [a({ x: 2 })], exact)],
  ['exact+params mismatch', 0, deepeval([a({ x: 1 })], [a({ x: 2 })], { ...exact, ...params })],
]);

const two = [a({ x: 1 }), ['B', { y: 1 }]] as const;
const turned = [two[1], two[0]];

const ragasCases = casesOf('ragas.legacy.tool_call_accuracy', [
  ['exact', 1, ragas(two, two)],
  ['half args', 0.5, ragas([a({ x: 1, y: 2 })], [a({ x: 1, y: 3 })])],
  ['extra pred arg ignored', 1, ragas([a({ x: 1 })], [a({ x: 1, z: 9 })])],
  ['ref no args, pred has args', 0, ragas([a({})], [a({ x: 1 })])],
  ['both no args', 1, ragas([a({})], [a({})])],
  [
    'str cast 1 vs "1"',
    1,
    ragas([a({ x: 1 })], [a({ x: '1' })]),
    { value: 0, why: 'Ragas compares str(value); a number is no text' },
  ],
  [
    '1 vs 1.0',
    0,
    ragas([a({ x: 1 })], [a(JSON.parse('{"x":1.0}'))]),
    { value: 1, why: 'Ragas compares str(value); in JSON 1 and 1.0 are one number' },
  ],
  ['extra call', 0, ragas(['A'], ['A', 'B'])],
  ['missing call', 0, ragas(['A', 'B'], ['A'])],
  ['swapped strict', 0, ragas(two, turned)],
  ['swapped flexible', 1, ragas(two, turned, 'flexible')],
  [
    'flexible mis-pairing ref a(1),a(2) pred a(2),a(3)',
    0,
    ragas([a({ x: 1 }), a({ x: 2 })], [a({ x: 2 }), a({ x: 3 })], 'flexible'),
    { value: 0.5, why: 'Ragas pairs by sorting; one of the two calls is as expected' },
  ],
  ['both empty', 1, ragas([], [])],
  ['pred empty', 0, ragas(['A'], [])],
  ['ref empty', 0, ragas([], ['A'])],
]);

const f1Cases = casesOf('ragas.f1', [
  ['exact', 1, f1(two, two)],
  ['1of2 + 1 extra', 0.5, f1(['A', 'B'], ['A', 'C'])],
  [
    'dup collapsed pred[a,a] ref[a]',
    1,
    f1(['A'], ['A', 'A']),
    { value: 2 / 3, why: 'Ragas makes sets, in which a call made twice is one' },
  ],
  ['both empty', 0, f1([], []), { value: 1, why: 'Nothing was expected and nothing was done' }],
  ['arg differs', 0, f1([a({ x: 1 })], [a({ x: 2 })])],
  [
    'list arg',
    'ERR TypeError',
    f1([a({ x: [1] })], [a({ x: [1] })]),
    { value: 1, why: 'Ragas crashes on a list among arguments' },
  ],
  [
    '1 vs True',
    1,
    f1([a({ x: 1 })], [a({ x: true })]),
    { value: 0, why: 'In Python 1 == True; in JSON they differ' },
  ],
]);

/** Cases of metrics over calls. */
export const metricCases: readonly ParityCase[] = [...deepevalCases, ...ragasCases, ...f1Cases];
