import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { evalProgram } from './eval-program.mjs';
import { median, runInTurn } from './measure.mjs';
import { atMost, rowOf, told } from './rows.mjs';

const program = fileURLToPath(new URL('children/live-program.mjs', import.meta.url));
const spawner = fileURLToPath(new URL('children/live-spawn.mjs', import.meta.url));
const TRIALS = 50;
const CONCURRENCY = 4;

/**
 * Trials of a small Node program, against spawning it bare: what each further one costs, start and end of `agentops` left out.
 * @type {import('./bench.mjs').Group}
 */
export function liveCommand(bench) {
  return ['lines', 'none'].flatMap((protocol) => rowsOf(bench, protocol));
}

/**
 * @param {import('./bench.mjs').Bench} bench
 * @param {string} protocol
 */
function rowsOf(bench, protocol) {
  const suite = path.join(bench.scratch, `command-${protocol}.suite.yaml`);
  writeFileSync(suite, JSON.stringify(suiteOf(protocol)));
  const own = (/** @type {number} */ trials) => {
    const made = evalProgram(bench, { name: `eval ${protocol}`, suite, trials });
    const more = ['--trials', String(trials), '--concurrency', String(CONCURRENCY)];
    return { ...made, args: [...made.args, ...more] };
  };
  const bare = (/** @type {number} */ count) => ({
    name: 'bare',
    args: [spawner, program, protocol, String(count), String(CONCURRENCY)],
  });
  const { scratch, rounds } = bench;
  const programs = [own(TRIALS), own(1), bare(TRIALS), bare(1)];
  const [many = [], one = [], spawned = [], spawnedOne = []] = runInTurn(programs, {
    ...{ scratch, rounds },
  });
  const [all, first] = [told(spawned, 'seconds'), told(spawnedOne, 'seconds')];
  const times = many.map(({ seconds }, at) => {
    const added = seconds - (one[at]?.seconds ?? Number.NaN);
    return added / ((all[at] ?? Number.NaN) - (first[at] ?? Number.NaN));
  });
  const bars = [atMost('× spawning it bare', median(times), 1.3)];
  return [
    rowOf(`command, ${TRIALS} trials, protocol ${protocol}`, many, bars),
    rowOf('  one trial', one),
    rowOf(`  spawning it ${TRIALS} times`, spawned),
  ];
}

/** @param {string} protocol */
function suiteOf(protocol) {
  const run = [process.execPath, program, protocol];
  return {
    suite: 'command',
    agents: { program: { command: { run, protocol } } },
    tasks: [
      { id: 'where', input: 'Where is my order 1042?', expect: { answer: 'It is on its way.' } },
    ],
  };
}
