import { fileURLToPath } from 'node:url';
import { setFlagsFromString } from 'node:v8';
import { loadProgram } from './load-program.ts';
import type { runProgram } from './run-program.ts';

const argv = process.argv.slice(2);
const [only] = argv;
/** Commands that run code of suites. */
const RUNS_CODE = ['eval', 'judge', 'calibrate'];

if (argv.length === 1 && (only === '--version' || only === '-V')) {
  process.stdout.on('error', () => {
    process.exitCode = 3;
  });
  process.stdout.write(`${__AGENTOPS_VERSION__}\n`);
} else {
  // A long run makes little that lasts: without this, half of its memory is waste that waits to be collected
  setFlagsFromString('--heap-growing-percent=40');
  // What was compiled for the start must still be there when it is kept
  setFlagsFromString('--no-flush-bytecode');
  const file = fileURLToPath(new URL(__AGENTOPS_PROGRAM__, import.meta.url));
  const use = argv.includes('eval') ? 'eval' : 'others';
  const { exports, keep } = loadProgram<{ runProgram: typeof runProgram }>(file, use);
  process.exitCode = await exports.runProgram(argv);
  keep();
  // Timers that code of a suite left behind keep nobody waiting: everything is written
  if (RUNS_CODE.some((name) => argv.includes(name))) process.exit();
}
