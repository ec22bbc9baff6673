import { fileURLToPath } from 'node:url';
import { median, runInTurn } from './measure.mjs';
import { atMost, peakOf, told } from './rows.mjs';

const child = fileURLToPath(new URL('children/match-orderless.mjs', import.meta.url));

/** Names of the problems, as the child knows them. */
const variants = {
  pass: '200 × 200 in any order, each of its own kind',
  'pass-same-tool': '200 × 200, one tool, reversed',
  'pass-overlapping': '200 × 200, overlapping ranges that have one solution',
  'fail-missing': '200 × 200, one tool, one call too few of a kind',
  'fail-overlapping': '200 × 200, overlapping ranges, no solution',
  'fail-crowded': '200 × 200, 101 patterns that only 100 calls meet',
};

/**
 * Matching without order: the exact answer, also where every greedy choice goes wrong.
 * @type {import('./bench.mjs').Group}
 */
export function matching({ library, scratch, rounds }) {
  const programs = Object.keys(variants).map((name) => ({ name, args: [child, library, name] }));
  return runInTurn(programs, { scratch, rounds }).map((runs, at) => {
    const warm = median(told(runs, 'warm')).toFixed(1);
    return {
      name: Object.values(variants)[at] ?? '',
      mebibytes: peakOf(runs),
      bars: [atMost(`ms the first time, ${warm} ms once warm`, median(told(runs, 'first')), 50)],
    };
  });
}
