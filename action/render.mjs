// Renders the run that another job left behind: its folder is text from outside, and what is said of it comes from this program and its records, never from a text that the other job made.
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const program = fileURLToPath(new URL('../bin/agentops.js', import.meta.url));
const folder = path.resolve(process.env['AGENTOPS_REPORTS'] || 'agentops-report');
const runs = path.join(folder, 'store/runs');
const found = existsSync(runs) ? readdirSync(runs) : [];
const [run] = found.filter((name) => /^[\w-]+$/.test(name));

if (run === undefined || found.length > 1) {
  console.log(`agentops: "${runs}" holds ${found.length} runs, expected the folder of one`);
  process.exitCode = 3;
} else {
  const report = `markdown=${process.env['AGENTOPS_COMMENT']}`;
  const args = [program, 'report', path.join(runs, run), '--reporter', report];
  process.exitCode = spawnSync(process.execPath, args, { stdio: 'inherit' }).status ?? 3;
}
