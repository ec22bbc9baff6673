import { tInterval } from '../../src/stats/intervals.ts';
import { krippendorffAlpha, type RatingScale } from '../../src/stats/krippendorff-alpha.ts';
import {
  modeOf,
  type Reducer,
  reduceAtLeast,
  reduceByKey,
  reduceMax,
  reduceMean,
  reduceMedian,
  reducePassAt,
  reducePassHat,
} from '../../src/stats/score-reducers.ts';
import { clusteredStandardError, standardError } from '../../src/stats/standard-error.ts';
import { tQuantile } from '../../src/stats/student-t.ts';
import { casesOf, type ParityCase } from './case.ts';

const ten = [1, 1, 1, 1, 1, 0, 1, 0, 1, 0];
const alike = [1, 1, 0, 0, 1, 1, 0, 0, 1, 1];
const twos = ten.map((_, index) => index >> 1);
const clustered = clusteredStandardError(ten, twos);

const errorCases = casesOf('inspect.stderr', [
  ['n10', 0.15275252316519464, () => standardError(ten)],
  ['n1', 0, () => standardError([1])],
  ['clustered', 0.1224744871391589, () => clustered],
  [
    'clustered one cluster',
    0,
    () =>
      clusteredStandardError(
        ten,
        ten.map(() => 'a'),
      ),
  ],
  [
    'clustered perfectly correlated [1,1,0,0,1,1,0,0,1,1]',
    0.24494897427831783,
    () => clusteredStandardError(alike, twos),
  ],
  ['its plain', 0.16329931618554522, () => standardError(alike)],
]);

const intervalCases = casesOf('inspect.ci', [
  [
    't95',
    { lower: 0.35444978558635654, upper: 1.0455502144136433 },
    () => tInterval(ten, standardError(ten), 9),
  ],
  [
    't95 clustered',
    { lower: 0.35995630967087244, upper: 1.0400436903291275 },
    () => tInterval(ten, clustered, 4),
  ],
  ['n1', { lower: 1, upper: 1 }, () => tInterval([1], standardError([1]), 0)],
]);

const quantileCases = casesOf(
  'inspect.t_inv',
  [
    ['p.975 df1', 12.706205, () => tQuantile(0.975, 1)],
    ['p.975 df2', 4.302653, () => tQuantile(0.975, 2)],
    ['p.975 df4', 2.776445, () => tQuantile(0.975, 4)],
    ['p.975 df9', 2.262157, () => tQuantile(0.975, 9)],
    ['p.975 df30', 2.042272, () => tQuantile(0.975, 30)],
    ['p.975 df1000', 1.962339, () => tQuantile(0.975, 1000)],
  ],
  6,
);

const [C, P, I] = [1, 0.5, 0];
const reduced = (reduce: Reducer, scores: readonly number[]) => () => reduce(scores);
const passed = (c: number, n: number) =>
  Array.from({ length: n }, (_, trial) => (trial < c ? 1 : 0));

const reducerCases = casesOf('inspect.reducers', [
  ['mean [C,I,P]', 0.5, reduced(reduceMean, [C, I, P])],
  ['median [0,.2,1,1]', 0.6, reduced(reduceMedian, [0, 0.2, 1, 1])],
  ['mode [C,I] (tie->first seen)', 'C', () => modeOf(['C', 'I'])],
  ['mode [I,C]', 'I', () => modeOf(['I', 'C'])],
  ['mode [I,C,C]', 'C', () => modeOf(['I', 'C', 'C'])],
  [
    'max [I,P,C]',
    'C',
    reduced(reduceMax, [I, P, C]),
    { value: C, why: 'scores are numbers here, and C is 1' },
  ],
  ['at_least(2) [C,C,I]', 1, reduced(reduceAtLeast(2), [C, C, I])],
  ['at_least(3) [C,C,I]', 0, reduced(reduceAtLeast(3), [C, C, I])],
  ['at_least(2,value=.5) [P,P,I]', 1, reduced(reduceAtLeast(2, 0.5), [P, P, I])],
  ['pass_at(1) 3/5', 0.6, reduced(reducePassAt(1), passed(3, 5))],
  ['pass_at(2) 3/5', 0.9, reduced(reducePassAt(2), passed(3, 5))],
  ['pass_at(3) 1/5', 0.6, reduced(reducePassAt(3), passed(1, 5))],
  ['pass_k(2) 3/5', 0.3, reduced(reducePassHat(2), passed(3, 5))],
  ['pass_k(1) 3/5', 0.6, reduced(reducePassHat(1), passed(3, 5))],
  ['pass_at(3) n=2', 'NaN', reduced(reducePassAt(3), passed(1, 2))],
  ['mean with NaN [1,NaN,0]', 0.5, reduced(reduceMean, [1, Number.NaN, 0])],
  ['mean all NaN', 'NaN', reduced(reduceMean, [Number.NaN, Number.NaN])],
  ['pass_at(2) [1,NaN,0]', 1, reduced(reducePassAt(2), [1, Number.NaN, 0])],
  [
    'mean dict',
    { a: 0.5, b: 0 },
    () =>
      reduceByKey(
        [
          { a: 1, b: 0 },
          { a: 0, b: 0 },
        ],
        reduceMean,
      ),
  ],
]);

/** Two raters, six units, one of which they differ on. */
const rated = [...passed(3, 5).map((one) => [one, one]), [1, 0]];
const likert = [
  [1, 2],
  [3, 3],
  [5, 4],
  [2, 2],
];
const alpha =
  (scale: RatingScale, units = rated) =>
  () =>
    krippendorffAlpha(units, scale);

const alphaCases = casesOf('inspect.krippendorff', [
  ['nominal', 0.6857142857142857, alpha('nominal')],
  ['ordinal', 0.6857142857142857, alpha('ordinal')],
  ['interval', 0.6857142857142857, alpha('interval')],
  ['likert ordinal [[1,2],[3,3],[5,4],[2,2]]', 0.8892405063291139, alpha('ordinal', likert)],
]);

/** Cases of Inspect's statistics. */
export const inspectCases: readonly ParityCase[] = [
  ...errorCases,
  ...intervalCases,
  ...quantileCases,
  ...reducerCases,
  ...alphaCases,
];
