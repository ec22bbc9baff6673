import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { evalProgram } from './eval-program.mjs';
import { runInTurn } from './measure.mjs';
import { peerCases } from './peers/cases.mjs';
import { atMost, peakOf, rowOf, timesAsLong } from './rows.mjs';
import { caseOf, sequenceOf, trajectoryOf } from './ten-steps.mjs';
import { writeLines } from './write-lines.mjs';

/** @typedef {import('./bench.mjs').Bench} Bench */

const parseLines = fileURLToPath(new URL('children/parse-lines.mjs', import.meta.url));

/**
 * Whole runs of offline cases with ten steps each and one expectation about their sequence.
 * @type {import('./bench.mjs').Group}
 */
export function cases(bench) {
  return [100, 1000, 10_000].flatMap((count) => rowsOf(bench, count));
}

/**
 * @param {Bench} bench
 * @param {number} count
 */
function rowsOf(bench, count) {
  const folder = writeCases(bench.scratch, count);
  const words = `${count.toLocaleString('en')} cases`;
  const suite = path.join(folder, 'cases.suite.yaml');
  const own = evalProgram(bench, { name: `eval ${words}`, suite, trials: count });
  const files = ['tasks.jsonl', 'cases.trajectories.jsonl'].map((file) => path.join(folder, file));
  const floor = { name: `JSON.parse of ${words}`, args: [parseLines, ...files] };
  const peers = bench.peers ? peerCases(bench.peers, folder, count) : [];
  const { scratch, rounds } = bench;
  const programs = [own, floor, ...peers.map(({ program }) => program)];
  const [runs = [], floors = [], ...others] = runInTurn(programs, { scratch, rounds });
  /** @type {import('./table.mjs').Bar[]} */
  const bars = peers.flatMap(({ name, bounds }, at) => {
    const bound = bounds.get(count);
    const times = timesAsLong(others[at] ?? [], runs);
    return bound === undefined
      ? []
      : [
          {
            figure: `× as fast as ${name}`,
            value: times,
            bound,
            sense: /** @type {const} */ ('least'),
          },
        ];
  });
  if (count === 10_000) bars.unshift(atMost('MiB', peakOf(runs), 200));
  return [
    rowOf(own.name, runs, bars),
    rowOf(floor.name, floors),
    ...others.map((found, at) => rowOf(`  ${peers[at]?.name}, ${words}`, found)),
  ];
}

/**
 * Writes a suite, its tasks and its recording; gives their folder.
 * @param {string} scratch
 * @param {number} count
 */
function writeCases(scratch, count) {
  const folder = path.join(scratch, `cases-${count}`);
  mkdirSync(folder, { recursive: true });
  const suite = {
    suite: 'cases',
    agents: { recorded: { replay: './cases.trajectories.jsonl' } },
    tasks: { from: './tasks.jsonl' },
  };
  writeFileSync(path.join(folder, 'cases.suite.yaml'), JSON.stringify(suite));
  writeLines(path.join(folder, 'tasks.jsonl'), made(count, taskOf));
  writeLines(path.join(folder, 'cases.trajectories.jsonl'), made(count, trajectoryOf));
  return folder;
}

/** @param {import('./ten-steps.mjs').Case} one */
function taskOf(one) {
  return { id: one.id, input: one.input, expect: sequenceOf(one) };
}

/**
 * @param {number} count
 * @param {(one: import('./ten-steps.mjs').Case) => object} make
 */
function* made(count, make) {
  for (let at = 0; at < count; at++) yield JSON.stringify(make(caseOf(at)));
}
