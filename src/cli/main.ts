import { fileURLToPath } from 'node:url';
import { loadProgram } from './load-program.ts';
import type { runProgram } from './run-program.ts';

const argv = process.argv.slice(2);
const [only] = argv;

if (argv.length === 1 && (only === '--version' || only === '-V')) {
  process.stdout.write(`${__AGENTOPS_VERSION__}\n`);
} else {
  const file = fileURLToPath(new URL(__AGENTOPS_PROGRAM__, import.meta.url));
  const use = argv.includes('eval') ? 'eval' : 'others';
  const { exports, keep } = loadProgram<{ runProgram: typeof runProgram }>(file, use);
  process.exitCode = await exports.runProgram(argv);
  keep();
}
