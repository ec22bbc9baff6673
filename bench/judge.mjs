import { fileURLToPath } from 'node:url';
import { median, runInTurn } from './measure.mjs';
import { atLeast, peakOf, told } from './rows.mjs';

const child = fileURLToPath(new URL('children/judge-rate.mjs', import.meta.url));

/**
 * Trajectories of ten calls judged in one process: how many a second.
 * @type {import('./bench.mjs').Group}
 */
export function judge(bench) {
  const { library, scratch, rounds } = bench;
  const program = (/** @type {string} */ variant) => ({
    name: variant,
    args: [child, library, variant],
  });
  const programs = [program('pass'), program('fail')];
  const [passing = [], failing = []] = runInTurn(programs, { scratch, rounds });
  const rate = median(told(passing, 'rate'));
  const failRate = Math.round(median(told(failing, 'rate'))).toLocaleString('en');
  return [
    {
      name: 'judge a sequence, in process',
      mebibytes: peakOf(passing),
      bars: [atLeast('a second', rate, 500_000)],
    },
    {
      name: '  with one wrong argument',
      mebibytes: peakOf(failing),
      figure: `${failRate} a second`,
    },
  ];
}
