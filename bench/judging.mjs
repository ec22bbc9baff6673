import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { evalProgram } from './eval-program.mjs';
import { median, runInTurn } from './measure.mjs';
import { atLeast, atMost, rowOf, told } from './rows.mjs';
import { caseOf, trajectoryOf } from './ten-steps.mjs';
import { writeLines } from './write-lines.mjs';

const bareLoop = fileURLToPath(new URL('children/bare-judging.mjs', import.meta.url));
const endpoint = fileURLToPath(new URL('children/judge-endpoint.mjs', import.meta.url));
const JUDGEMENTS = 1000;
const AT_ONCE = 50;
const DELAY_MS = 200;

/**
 * Judgements by a model that takes its time, and the same again from the recording. The same run without judges is taken off each: what is left is the judging.
 * @type {import('./bench.mjs').Group}
 */
export async function judging(bench) {
  const { scratch, rounds } = bench;
  const folder = path.join(scratch, 'judging');
  mkdirSync(folder, { recursive: true });
  const server = spawn(process.execPath, [endpoint, String(DELAY_MS)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  try {
    const [said] = await once(server.stdout, 'data');
    const url = String(said).trim();
    writeProject(folder, url);
    const bare = { name: 'bare', args: [bareLoop, url, String(JUDGEMENTS), String(AT_ONCE)] };
    const programs = [...programsOf(bench, folder), bare];
    const [live = [], recorded = [], off = [], loop = []] = runInTurn(programs, {
      ...{ scratch, rounds },
    });
    const alone = (/** @type {import('./measure.mjs').Run[]} */ runs) =>
      runs.map(({ seconds }, at) => seconds - (off[at]?.seconds ?? Number.NaN));
    const ideal = (JUDGEMENTS / AT_ONCE) * (DELAY_MS / 1000);
    const again = alone(recorded);
    const times = alone(live).map((seconds) => seconds / ideal);
    const faster = alone(live).map((seconds, at) => seconds / (again[at] ?? Number.NaN));
    return [
      rowOf(`${JUDGEMENTS} judgements, ${AT_ONCE} at once, ${DELAY_MS} ms each`, live, [
        atMost('× the ideal, judging alone', median(times), 1.1),
      ]),
      rowOf('  the same from the recording', recorded, [
        atLeast('× as fast, judging alone', median(faster), 50),
      ]),
      rowOf('  the same without judges', off),
      rowOf(
        `  a bare loop of fetch (${(median(told(loop, 'seconds')) / ideal).toFixed(2)} × the ideal)`,
        loop,
      ),
    ];
  } finally {
    server.kill();
  }
}

/**
 * @param {import('./bench.mjs').Bench} bench
 * @param {string} folder
 * @returns {import('./measure.mjs').Program[]}
 */
function programsOf(bench, folder) {
  const suite = path.join(folder, 'judged.suite.yaml');
  const recording = path.join(folder, 'judged.judges.jsonl');
  const mode = (/** @type {string} */ name) => {
    const made = evalProgram(bench, { name, suite, trials: JUDGEMENTS });
    return { ...made, args: [...made.args, '--judge', name] };
  };
  const live = mode('live');
  const before = () => {
    live.before?.();
    rmSync(recording, { force: true });
  };
  const plain = path.join(folder, 'plain.suite.yaml');
  return [
    { ...live, before },
    mode('recorded'),
    evalProgram(bench, { name: 'plain', suite: plain, trials: JUDGEMENTS }),
  ];
}

/**
 * @param {string} folder
 * @param {string} base_url
 */
function writeProject(folder, base_url) {
  const models = { '*': { base_url, concurrency: AT_ONCE } };
  writeFileSync(path.join(folder, 'agentops.config.yaml'), JSON.stringify({ models }));
  const cases = Array.from({ length: JUDGEMENTS }, (_, number) => caseOf(number));
  writeLines(
    path.join(folder, 'recorded.trajectories.jsonl'),
    cases.map((one) => {
      const { suite: _, ...trajectory } = trajectoryOf(one); // both suites judge it
      return JSON.stringify(trajectory);
    }),
  );
  const tasks = cases.map(({ id, input }) => ({ id, input }));
  const head = { agents: { recorded: { replay: './recorded.trajectories.jsonl' } } };
  const judges = { kept: { model: 'judge', rubric: 'Did the customer get their money back?' } };
  const judged = { ...head, judges, expect: { judge: { kept: { is: 'pass' } } }, tasks };
  const plain = { ...head, expect: { stop: 'completed' }, tasks };
  for (const [suite, value] of Object.entries({ judged, plain })) {
    writeFileSync(path.join(folder, `${suite}.suite.yaml`), JSON.stringify({ suite, ...value }));
  }
}
