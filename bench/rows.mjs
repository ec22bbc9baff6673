import { median } from './measure.mjs';

/** @typedef {import('./measure.mjs').Run} Run */
/** @typedef {import('./table.mjs').Bar} Bar */
/** @typedef {import('./table.mjs').Row} Row */

/**
 * The row of a program that was run several times.
 * @param {string} name
 * @param {readonly Run[]} runs
 * @param {readonly Bar[]} [bars]
 * @returns {Row}
 */
export function rowOf(name, runs, bars = []) {
  const seconds = runs.map((run) => run.seconds);
  return {
    name,
    median: median(seconds),
    fastest: Math.min(...seconds),
    cpu: median(runs.map((run) => run.cpu)),
    mebibytes: peakOf(runs),
    bars,
  };
}

/**
 * The most memory that any run took, in MiB.
 * @param {readonly Run[]} runs
 */
export function peakOf(runs) {
  return Math.max(...runs.map((run) => run.mebibytes));
}

/**
 * How many times as long as the others these runs took, by the clock: the middle over the rounds.
 * @param {readonly Run[]} runs
 * @param {readonly Run[]} others of the same rounds
 */
export function timesAsLong(runs, others) {
  return median(runs.map(({ seconds }, at) => seconds / (others[at]?.seconds ?? Number.NaN)));
}

/**
 * @param {string} figure
 * @param {number} value
 * @param {number} bound
 * @returns {Bar}
 */
export function atMost(figure, value, bound) {
  return { figure, value, bound, sense: 'most' };
}

/**
 * @param {string} figure
 * @param {number} value
 * @param {number} bound
 * @returns {Bar}
 */
export function atLeast(figure, value, bound) {
  return { figure, value, bound, sense: 'least' };
}

/**
 * The figures that a child prints as one line of JSON, run by run.
 * @param {readonly Run[]} runs
 * @param {string} key
 * @returns {number[]}
 */
export function told(runs, key) {
  return runs.map(({ stdout }) => JSON.parse(stdout)[key]);
}
