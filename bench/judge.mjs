import { fileURLToPath } from 'node:url';
import { median, runInTurn } from './measure.mjs';
import { atLeast, peakOf, told } from './rows.mjs';

const child = fileURLToPath(new URL('children/judge-rate.mjs', import.meta.url));
const peer = fileURLToPath(new URL('children/agentevals-rate.mjs', import.meta.url));

/**
 * Trajectories of ten calls judged in one process: how many a second.
 * @type {import('./bench.mjs').Group}
 */
export function judge(bench) {
  const { library, scratch, rounds, peers } = bench;
  const program = (/** @type {string} */ variant) => ({
    name: variant,
    args: [child, library, variant],
  });
  const programs = [program('pass'), program('fail')];
  if (peers) programs.push({ name: 'agentevals', args: [peer, peers.folder] });
  const [passing = [], failing = [], others = []] = runInTurn(programs, { scratch, rounds });
  const rate = median(told(passing, 'rate'));
  const otherRate = others.length > 0 ? median(told(others, 'rate')) : null;
  const failRate = Math.round(median(told(failing, 'rate'))).toLocaleString('en');
  return [
    {
      name: 'judge a sequence, in process',
      mebibytes: peakOf(passing),
      bars: [
        atLeast('a second', rate, 500_000),
        ...(otherRate === null ? [] : [atLeast('× as fast as agentevals', rate / otherRate, 22)]),
      ],
    },
    {
      name: '  with one wrong argument',
      mebibytes: peakOf(failing),
      figure: `${failRate} a second`,
    },
    ...(otherRate === null
      ? []
      : [
          {
            name: '  agentevals, strict',
            mebibytes: peakOf(others),
            figure: `${Math.round(otherRate).toLocaleString('en')} a second`,
          },
        ]),
  ];
}
