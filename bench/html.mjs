import { spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { firstPaints } from './first-paint.mjs';
import { median, runInTurn } from './measure.mjs';
import { randomFrom } from './random.mjs';
import { atMost, peakOf, rowOf, timesAsLong } from './rows.mjs';
import { writeLines } from './write-lines.mjs';

/** @typedef {import('./bench.mjs').Bench} Bench */

const parseLines = fileURLToPath(new URL('children/parse-lines.mjs', import.meta.url));
const TASKS = 100;
const TRIALS = 100;
/** What a page takes beside its data. */
const OWN_BYTES = 300_000;
const words = 'parcel order refund late carrier street <depot> invoice total & customer'.split(' ');

/**
 * The page of a run of 10,000 trials of about 4 KB, a tenth of which fails: all of it is embedded.
 * @param {Bench} bench
 */
export async function html(bench) {
  const folder = path.join(bench.scratch, 'html');
  mkdirSync(folder, { recursive: true });
  const recording = path.join(folder, 'html.jsonl');
  writeFileSync(path.join(folder, 'html.suite.yaml'), JSON.stringify(suite()));
  writeLines(recording, lines());
  const out = path.join(folder, 'out');
  const args = [bench.cli, 'eval', 'html.suite.yaml', '--out', out, '--quiet'];
  const { status, stderr } = spawnSync(process.execPath, args, { cwd: folder, encoding: 'utf8' });
  if (status !== 1) throw new Error(`Cannot measure: eval ended with ${status}\n${stderr}`);
  const page = path.join(folder, 'page.html');
  const own = {
    name: 'report html',
    args: [bench.cli, 'report', 'latest', '--out', out, '--reporter', `html=${page}`],
    cwd: folder,
  };
  const floor = { name: 'JSON.parse', args: [parseLines, recording] };
  const [runs = [], floors = []] = runInTurn([own, floor], bench);
  const shown = sizeOf(path.join(out, 'runs'));
  return [
    rowOf('report --reporter html of 10,000 trials of 4 KB', runs, [
      atMost('× the data, beside 300 KB', (statSync(page).size - OWN_BYTES) / shown, 1.3),
      atMost('× reading and JSON.parse', timesAsLong(runs, floors), 12),
      atMost('MiB', peakOf(runs), 250),
    ]),
    rowOf('JSON.parse of 10,000 trials of 4 KB', floors),
    paintRow(await firstPaints(page, bench.rounds)),
  ];
}

/** @param {readonly number[] | null} paints seconds */
function paintRow(paints) {
  const name = 'first paint of that page in Chromium';
  if (paints === null) return { name, figure: 'not measured: no Chromium' };
  const seconds = median(paints);
  const bars = [atMost('s to the first paint', seconds, 1)];
  return { name, median: seconds, fastest: Math.min(...paints), bars };
}

/** @param {string} folder */
function sizeOf(folder) {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .reduce((sum, entry) => sum + statSync(path.join(entry.parentPath, entry.name)).size, 0);
}

function suite() {
  return {
    suite: 'html',
    agents: { recorded: { replay: './html.jsonl' } },
    trials: TRIALS,
    gate: { pass_rate: 0.99 },
    tasks: Array.from({ length: TASKS }, (_, at) => ({
      id: `task-${at}`,
      expect: { calls: { in_order: ['find_order', 'refund'] }, answer: { $contains: 'refunded' } },
    })),
  };
}

function* lines() {
  const random = randomFrom(7);
  const text = (/** @type {number} */ length) =>
    Array.from({ length }, () => words[Math.floor(random() * words.length)]).join(' ');
  for (let task = 0; task < TASKS; task++) {
    for (let trial = 1; trial <= TRIALS; trial++) {
      const said = random() < 0.1 ? 'refused' : 'refunded';
      yield JSON.stringify({
        schema_version: 1,
        ...{ suite: 'html', task: `task-${task}`, agent: 'recorded', trial, attack: null },
        steps: [
          { type: 'message', role: 'user', content: text(80) },
          {
            type: 'model',
            model: 'm',
            usage: { input_tokens: 900, output_tokens: 60 },
            cost_usd: 0.001,
          },
          { type: 'tool_call', id: 'c1', tool: 'find_order', args: { order_id: `o${trial}` } },
          { type: 'tool_result', id: 'c1', result: { note: text(180) } },
          { type: 'tool_call', id: 'c2', tool: 'refund', args: { amount: trial, note: text(20) } },
          { type: 'tool_result', id: 'c2', result: { note: text(160) } },
          { type: 'message', role: 'assistant', content: `I ${said} it. ${text(60)}` },
        ],
        stop: 'completed',
      });
    }
  }
}
