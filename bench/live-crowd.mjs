import { copyFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { evalProgram } from './eval-program.mjs';
import { runInTurn } from './measure.mjs';
import { atMost, peakOf, rowOf } from './rows.mjs';

const barrier = fileURLToPath(new URL('children/live-barrier.mjs', import.meta.url));
const AGENTS = 500;
const script = [
  'read -r start',
  'echo \'{"type":"tool_call","id":"c1","tool":"together","args":{}}\'',
  'read -r result',
  'echo \'{"type":"answer","content":"done"}\'',
  'read -r end',
].join('\n');

/**
 * Very many programs that are all alive at once: a tool answers none of them before all have called it.
 * @type {import('./bench.mjs').Group}
 */
export function liveCrowd(bench) {
  const suite = path.join(bench.scratch, 'crowd.suite.yaml');
  copyFileSync(barrier, path.join(bench.scratch, path.basename(barrier))); // suites name files beside them
  writeFileSync(suite, JSON.stringify(suiteOf()));
  const made = evalProgram(bench, { name: 'crowd', suite, trials: AGENTS });
  const own = { ...made, args: [...made.args, '--concurrency', String(AGENTS)] };
  const [runs = []] = runInTurn([own], { scratch: bench.scratch, rounds: bench.rounds });
  return [rowOf(`command, ${AGENTS} agents at once`, runs, [atMost('MiB', peakOf(runs), 400)])];
}

function suiteOf() {
  return {
    suite: 'crowd',
    agents: { shell: { command: ['sh', '-c', script] } },
    tools: { together: { mock: './live-barrier.mjs#together' } },
    trials: AGENTS,
    tasks: [{ id: 'meet', input: 'Meet', expect: { answer: 'done' } }],
  };
}
