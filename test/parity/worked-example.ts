import {
  cochranMantelHaenszel,
  mcNemar,
  type Stratum,
  stratifiedExact,
} from '../../src/stats/exact-tests.ts';
import { wilsonInterval, zeroFailuresBound } from '../../src/stats/intervals.ts';
import { pairedDifference, varianceBudget } from '../../src/stats/paired-difference.ts';
import { passHatK } from '../../src/stats/pass-at-k.ts';
import { signFlip } from '../../src/stats/sign-flip.ts';
import {
  clusteredStandardError,
  correlation,
  meanOf,
  standardError,
  sumOf,
} from '../../src/stats/standard-error.ts';
import { casesOf, type ParityCase } from './case.ts';

/** Eight tasks with four trials each, under two versions. */
export const A = ['1111', '1101', '0000', '1010', '1111', '0100', '1110', '1111'].map(digits);
export const B = ['1111', '1001', '0000', '0010', '1111', '0000', '1010', '1111'].map(digits);

function digits(text: string): number[] {
  return [...text].map(Number);
}

const [meansA, meansB] = [A.map(meanOf), B.map(meanOf)];
const differences = meansB.map((mean, task) => mean - (meansA[task] ?? 0));
const paired = pairedDifference(A, B);
const tasksOfTrials = A.flatMap((trials, task) => trials.map(() => task));
const budget = varianceBudget(A);

const majority = (scores: readonly number[]) => meanOf(scores) > 0.5;
const discordant = (first: number[][], second: number[][]) =>
  first.filter((scores, task) => majority(scores) && !majority(second[task] ?? [])).length;
const [better, worse] = [discordant(B, A), discordant(A, B)];

const strata = A.map(
  (scores, task): Stratum => ({
    first: { passed: sumOf(scores), trials: 4 },
    second: { passed: sumOf(B[task] ?? []), trials: 4 },
  }),
);

const passHats = (tasks: number[][], k: number) =>
  tasks.map((scores) => passHatK(scores.length, sumOf(scores), k));
const hatDifferences = passHats(B, 2).map((value, task) => value - (passHats(A, 2)[task] ?? 0));
const bounds = ({ lower, upper }: { lower: number; upper: number }) => [lower, upper];

/** The normal quantile as the reference rounds it. */
const Z = 1.959964;

/** Cases of the worked example of comparing two versions. */
export const workedExample: readonly ParityCase[] = casesOf('stats.worked_example', [
  ['meanA', 0.65625, () => meanOf(meansA)],
  ['meanB', 0.53125, () => meanOf(meansB)],
  ['diff', -0.125, () => paired.difference],
  ['seA_task', 0.1331076028203176, () => standardError(meansA)],
  ['seB_task', 0.15263679461856033, () => standardError(meansB)],
  ['se_paired', 0.0472455591261534, () => paired.randomTasks],
  [
    'se_unpaired',
    0.2025231468252456,
    () => Math.hypot(standardError(meansA), standardError(meansB)),
  ],
  ['naive_se_32trials_A', 0.08530513305661301, () => standardError(A.flat())],
  ['corr', 0.9544533447119539, () => correlation(meansA, meansB)],
  ['t', -2.6457513110645907, () => paired.difference / paired.randomTasks],
  [
    'clusteredA_CR0',
    0.12451076133210334,
    () => clusteredStandardError(A.flat(), tasksOfTrials, false),
  ],
  ['clusteredA_CR1', 0.13310760282031764, () => clusteredStandardError(A.flat(), tasksOfTrials)],
  ['signflip_exact_p', 0.125, () => signFlip(differences).p],
  ['mcnemar_b01_c10', [0, 2], () => [better, worse]],
  ['mcnemar_exact_p', 0.5, () => mcNemar(worse, better).exact],
  ['mcnemar_midp', 0.25, () => mcNemar(worse, better).midP],
  ['pass^1_A', 0.65625, () => meanOf(passHats(A, 1))],
  ['pass^1_B', 0.53125, () => meanOf(passHats(B, 1))],
  ['pass^2_A', 0.5208333333333334, () => meanOf(passHats(A, 2))],
  ['pass^2_B', 0.41666666666666674, () => meanOf(passHats(B, 2))],
  ['pass^4_A', 0.375, () => meanOf(passHats(A, 4))],
  ['pass^4_B', 0.375, () => meanOf(passHats(B, 4))],
  [
    'pass^2 diff,se',
    [-0.10416666666666667, 0.053983205795288855],
    () => [meanOf(hatDifferences), standardError(hatDifferences)],
  ],
  ['within_var_A', 0.13541666666666666, () => budget.within],
  ['between_var_A', 0.10788690476190477, () => budget.between],
  ['icc_A', 0.44342507645259943, () => budget.icc],
  [
    'wilson 10/10',
    [0.7224671969739421, 0.9999999999999999],
    () => bounds(wilsonInterval(10, 10, Z)),
  ],
  ['wilson 7/10', [0.39677814534597083, 0.892208733443606], () => bounds(wilsonInterval(7, 10, Z))],
  [
    'rule_of_3 n=10',
    0.3,
    () => zeroFailuresBound(10),
    { value: 0.2588655508930523, why: 'the rule of 3 is a rough 3/n; the exact bound is given' },
  ],
  ['exact upper fail 0/10 (1-.05^(1/10))', 0.2588655508930523, () => zeroFailuresBound(10)],
  ['SE_fixed_tasks', 0.08838834764831843, () => paired.fixedTasks],
  ['z_fixed', -Math.SQRT2, () => paired.difference / paired.fixedTasks],
  ['CMH_chi2', 2.1538461538461537, () => cochranMantelHaenszel(strata).chi2],
  ['CMH_chi2_cc', 1.2115384615384615, () => cochranMantelHaenszel(strata).corrected],
  ['stratified_exact_lower_one_sided', 0.1321064139941691, () => stratifiedExact(strata).lower],
  ['stratified_exact_two_sided', 0.2642128279883382, () => stratifiedExact(strata).twoSided],
]);
