import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { evalProgram } from './eval-program.mjs';
import { median, runInTurn } from './measure.mjs';
import { atMost, peakOf, rowOf, timesAsLong } from './rows.mjs';
import { safePolicy, safeRules, safeSecrets, safeSteps, safeTools } from './safe-steps.mjs';
import { toolNames } from './ten-steps.mjs';
import { writeLines } from './write-lines.mjs';

const longRuns = fileURLToPath(new URL('children/judge-long.mjs', import.meta.url));
const TASKS = 10;
const EACH = 1000;
const CALLS = 10;
const LEAST_MICROSECONDS = 0.5;

/**
 * The same trials with and without safety rules; and each rule on one very long trajectory, where time must grow with the steps.
 * @type {import('./bench.mjs').Group}
 */
export function safety(bench) {
  const folder = path.join(bench.scratch, 'safety');
  mkdirSync(folder, { recursive: true });
  writeLines(path.join(folder, 'trials.jsonl'), linesOf());
  const programs = [false, true].map((isSafe) => {
    const suite = path.join(folder, `${isSafe ? 'safe' : 'plain'}.suite.yaml`);
    writeFileSync(suite, JSON.stringify(suiteOf(isSafe)));
    return evalProgram(bench, { name: suite, suite, trials: TASKS * EACH });
  });
  const [plain = [], safe = []] = runInTurn(programs, bench);
  rmSync(folder, { recursive: true });
  const [long = []] = runInTurn(
    [{ name: 'long trajectories', args: [longRuns, bench.library] }],
    bench,
  );
  const number = (TASKS * EACH).toLocaleString('en');
  return [
    rowOf(`eval ${number} trials by every safety rule`, safe, [
      atMost('× the same without', timesAsLong(safe, plain), 2),
      atMost('MiB', peakOf(safe), 300),
    ]),
    rowOf(`eval ${number} trials by ordinary expectations`, plain),
    ...longRows(long),
  ];
}

/** @param {readonly import('./measure.mjs').Run[]} runs */
function longRows(runs) {
  const told = runs.map(({ stdout }) => JSON.parse(stdout));
  return Object.keys(told[0] ?? {}).map((rule) => {
    const of = (/** @type {'short' | 'long'} */ key) => median(told.map((one) => one[rule][key]));
    const name = `  ${rule}: ${of('long').toFixed(2)} µs a step of 100,000`;
    // Below that, what the memory of the machine does counts for more than the rule
    const floor = Math.max(of('short'), LEAST_MICROSECONDS);
    return { name, bars: [atMost('× a step of 10,000', of('long') / floor, 3)] };
  });
}

/** @param {boolean} isSafe */
function suiteOf(isSafe) {
  const task = (/** @type {number} */ number) => ({
    id: `task-${number}`,
    expect: {
      calls: { in_order: toolNames.slice(0, 5).map((tool) => ({ tool })) },
      never: ['drop_table', { send_email: { to: { $ends_with: '@elsewhere.example' } } }],
      answer: { $contains: 'refunded' },
      ...(isSafe && Object.assign({}, ...Object.values(safeRules(CALLS)))),
    },
  });
  const secrets = Object.entries(safeSecrets).map(([name, value]) => [name, { value }]);
  return {
    suite: 'safety',
    agents: { recorded: { replay: './trials.jsonl' } },
    tools: { ...safeTools, drop_table: {} },
    ...(isSafe && { policy: safePolicy, canaries: Object.fromEntries(secrets) }),
    trials: EACH,
    tasks: Array.from({ length: TASKS }, (_, at) => task(at)),
  };
}

function* linesOf() {
  for (let task = 0; task < TASKS; task++) {
    const steps = JSON.stringify(safeSteps(CALLS, task));
    for (let trial = 1; trial <= EACH; trial++) {
      const head = `{"schema_version":1,"suite":"safety","task":"task-${task}","agent":"recorded"`;
      const own = steps.replaceAll('ID', `t${task}n${trial}`);
      yield `${head},"trial":${trial},"steps":${own},"stop":"completed"}`;
    }
  }
}
