import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { evalProgram } from './eval-program.mjs';
import { median, runInTurn } from './measure.mjs';
import { atMost } from './rows.mjs';

const client = fileURLToPath(new URL('children/live-client.mjs', import.meta.url));

/**
 * Calls of one client, of 20 KB there and back, through the gateway and to a bare endpoint in turn.
 * @type {import('./bench.mjs').Group}
 */
export function liveGateway(bench) {
  const { scratch, rounds } = bench;
  const suite = path.join(scratch, 'gateway.suite.yaml');
  writeFileSync(suite, JSON.stringify(suiteOf()));
  /** @type {Record<string, number>[]} */
  const told = [];
  const made = evalProgram(bench, { name: 'gateway', suite, trials: 1 });
  const check = (/** @type {string} */ stdout) => {
    made.check?.(stdout);
    told.push(toldIn(path.join(scratch, 'runs', 'runs')));
  };
  runInTurn([{ ...made, check }], { scratch, rounds });
  return ['whole', 'streamed'].map((kind) => {
    const figures = (/** @type {string} */ key) => told.map((one) => one[key] ?? Number.NaN);
    const [own, bare] = [figures(kind), figures(`${kind}Bare`)];
    const added = median(own.map((one, at) => one - (bare[at] ?? Number.NaN)));
    const [middle, fastest] = [median(own) / 1000, Math.min(...own) / 1000];
    const name = `gateway, a call of 20 KB, ${kind}`;
    return { name, median: middle, fastest, bars: [atMost('ms added', added, 2)] };
  });
}

/**
 * What the client printed is the answer of its agent.
 * @param {string} runs folder
 */
function toldIn(runs) {
  const [id = ''] = readdirSync(runs);
  const { steps } = JSON.parse(readFileSync(path.join(runs, id, 'trajectories.jsonl'), 'utf8'));
  return JSON.parse(steps.at(-1).content);
}

function suiteOf() {
  const turn = { say: 'It is on its way to you. '.repeat(820), uses: 10_000 }; // about 20 KB
  return {
    suite: 'gateway',
    agents: {
      client: {
        command: { run: [process.execPath, client], protocol: 'none' },
        script: [turn],
      },
    },
    limits: { turns: 10_000 },
    tasks: [{ id: 'measure', input: 'Measure', expect: { answer: { $contains: 'whole' } } }],
  };
}
