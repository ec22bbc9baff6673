import { copyFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { CALLS, DELAY_MS, SAID } from './children/live-agents.mjs';
import { median, runInTurn } from './measure.mjs';
import { atMost, peakOf, told } from './rows.mjs';

const child = fileURLToPath(new URL('children/live-module.mjs', import.meta.url));
const agents = fileURLToPath(new URL('children/live-agents.mjs', import.meta.url));
const TRIALS = 2000;
const CONCURRENCY = 200;
const IDEAL = ((TRIALS / CONCURRENCY) * CALLS * DELAY_MS) / 1000;

/**
 * Trials of a module agent that does nothing but wait for its model, without and over a network.
 * @type {import('./bench.mjs').Group}
 */
export function liveModule({ scratch, library, rounds }) {
  const suite = path.join(scratch, 'module.suite.yaml');
  const out = path.join(scratch, 'module-runs');
  copyFileSync(agents, path.join(scratch, path.basename(agents))); // suites name files beside them
  writeFileSync(suite, JSON.stringify(suiteOf()));
  const program = (/** @type {string} */ variant) => ({
    name: `module ${variant}`,
    args: [child, library, variant, suite, out, String(TRIALS), String(CONCURRENCY)],
    before: () => rmSync(out, { recursive: true, force: true }),
  });
  const programs = ['inProcess', 'overLoopback', 'bare'].map(program);
  const [own = [], loopback = [], bare = []] = runInTurn(programs, { scratch, rounds });
  const bareSeconds = told(bare, 'seconds');
  const times = told(loopback, 'seconds').map((one, at) => one / (bareSeconds[at] ?? Number.NaN));
  const words = `module, ${TRIALS.toLocaleString('en')} trials of ${CALLS} × ${DELAY_MS} ms`;
  return [
    toldRow(words, own, [atMost('× ideal', median(told(own, 'seconds')) / IDEAL, 1.05)]),
    toldRow('  over loopback', loopback, [atMost('× bare loop', median(times), 1.1)]),
    toldRow('  bare loop of its client', bare),
  ];
}

/**
 * A row with the time between first and last trial instead of that of the whole program.
 * @param {string} name
 * @param {readonly import('./measure.mjs').Run[]} runs
 * @param {readonly import('./table.mjs').Bar[]} [bars]
 */
function toldRow(name, runs, bars = []) {
  const seconds = told(runs, 'seconds');
  const cpu = median(runs.map((run) => run.cpu));
  const [middle, fastest] = [median(seconds), Math.min(...seconds)];
  return { name, median: middle, fastest, cpu, mebibytes: peakOf(runs), bars };
}

function suiteOf() {
  const script = Array.from({ length: CALLS }, () => ({ say: SAID, delay_ms: DELAY_MS }));
  return {
    suite: 'module',
    agents: {
      inProcess: { module: './live-agents.mjs#inProcess', script },
      overLoopback: { module: './live-agents.mjs#overLoopback', script },
    },
    trials: TRIALS,
    tasks: [{ id: 'where', input: 'Where is my order 1042?', expect: { answer: SAID } }],
  };
}
