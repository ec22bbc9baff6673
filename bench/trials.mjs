import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { evalProgram } from './eval-program.mjs';
import { runInTurn } from './measure.mjs';
import { randomFrom } from './random.mjs';
import { atMost, peakOf, rowOf, timesAsLong } from './rows.mjs';
import { toolNames } from './ten-steps.mjs';
import { writeLines } from './write-lines.mjs';

/** @typedef {import('./bench.mjs').Bench} Bench */

const parseLines = fileURLToPath(new URL('children/parse-lines.mjs', import.meta.url));
const TASKS = 10;
const words = 'parcel order refund late carrier street depot invoice total customer'.split(' ');

/**
 * Ten tasks with very many recorded trials of about 9 KB each, in one file.
 * @type {import('./bench.mjs').Group}
 */
export function trials(bench) {
  const [runs = [], floors = []] = measured(bench, 1000, bench.rounds);
  const rows = [
    rowOf('eval 10,000 trials of 9 KB', runs, [
      atMost('× reading and JSON.parse', timesAsLong(runs, floors), 3),
      atMost('MiB', peakOf(runs), 250),
    ]),
    rowOf('JSON.parse of 10,000 trials', floors),
  ];
  if (!bench.large) return rows;
  const [large = [], largeFloors = []] = measured(bench, 10_000, Math.min(2, bench.rounds));
  const bars = [atMost('× the memory of 10,000', peakOf(large) / peakOf(runs), 1.3)];
  const times = timesAsLong(large, largeFloors);
  return [
    ...rows,
    rowOf('eval 100,000 trials of 9 KB', large, [
      ...bars,
      atMost('× reading and JSON.parse', times, 3),
    ]),
    rowOf('JSON.parse of 100,000 trials', largeFloors),
  ];
}

/**
 * @param {Bench} bench
 * @param {number} each trials of a task
 * @param {number} rounds
 */
function measured(bench, each, rounds) {
  const folder = path.join(bench.scratch, `trials-${each}`);
  mkdirSync(folder, { recursive: true });
  const suite = path.join(folder, 'trials.suite.yaml');
  const recording = path.join(folder, 'trials.jsonl');
  writeFileSync(suite, JSON.stringify(suiteOf(each)));
  const bytes = writeLines(recording, linesOf(each)) / (TASKS * each);
  if (bytes < 8500 || bytes > 9500) throw new Error(`Cannot measure: a line has ${bytes} bytes`);
  const own = evalProgram(bench, { name: 'eval', suite, trials: TASKS * each });
  const floor = { name: 'JSON.parse', args: [parseLines, recording] };
  const runs = runInTurn([own, floor], { rounds, scratch: bench.scratch });
  rmSync(folder, { recursive: true });
  rmSync(path.join(bench.scratch, 'runs'), { recursive: true, force: true });
  return runs;
}

/** @param {number} each */
function suiteOf(each) {
  const task = (/** @type {number} */ number) => ({
    id: `task-${number}`,
    expect: {
      calls: {
        in_order: toolNames.slice(0, 5).map((tool) => ({ [tool]: { order_id: `o${number}` } })),
      },
      never: ['delete_account', { send_email: { to: { $ends_with: '@elsewhere.example' } } }],
      limits: { tool_calls: 12, turns: 12, tokens: 100_000 },
      answer: { $contains: 'refunded' },
    },
  });
  return {
    suite: 'trials',
    agents: { recorded: { replay: './trials.jsonl' } },
    trials: each,
    tasks: Array.from({ length: TASKS }, (_, at) => task(at)),
  };
}

/** @param {number} each */
function* linesOf(each) {
  for (let task = 0; task < TASKS; task++) {
    const [head = '', ...parts] = JSON.stringify(recordOf(task)).split('ID');
    const [before, after] = head.split('"trial":0');
    for (let trial = 1; trial <= each; trial++) {
      yield [`${before}"trial":${trial}${after}`, ...parts].join(`t${task}n${trial}`);
    }
  }
}

/**
 * A record in which `ID` and the number of the trial are still to be put in.
 * @param {number} task
 */
function recordOf(task) {
  const random = randomFrom(task + 1);
  const text = (/** @type {number} */ length) =>
    Array.from({ length }, () => words[Math.floor(random() * words.length)]).join(' ');
  const calls = toolNames.flatMap((tool, at) => {
    const id = `call_ID_${at}`;
    const args = at < 5 ? { order_id: `o${task}` } : { order_id: `o${task}`, note: text(8) };
    const usage = { input_tokens: 800 + at, output_tokens: 60, cached_tokens: 0 };
    return [
      { type: 'model', model: 'recorded-model', usage, cost_usd: 0.0004, at_ms: at * 1000 },
      { type: 'tool_call', id, tool, args, at_ms: at * 1000 + 10 },
      {
        type: 'tool_result',
        id,
        result: { status: 'ok', total: at, text: text(64) },
        at_ms: at * 1000 + 500,
      },
    ];
  });
  return {
    schema_version: 1,
    suite: 'trials',
    task: `task-${task}`,
    agent: 'recorded',
    trial: 0,
    attack: null,
    steps: [
      { type: 'message', role: 'user', content: `Conversation ID: ${text(60)}` },
      ...calls,
      { type: 'message', role: 'assistant', content: `I refunded it. ${text(60)}` },
    ],
    stop: 'completed',
  };
}
