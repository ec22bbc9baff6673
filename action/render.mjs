// Renders the run that another job left behind: its folder is text from outside, and what is said of it comes from this program and its records, never from a text that the other job made.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const program = fileURLToPath(new URL('../bin/agentops.js', import.meta.url));
const folder = path.resolve(process.env['AGENTOPS_REPORTS'] || 'agentops-report');
const comment = process.env['AGENTOPS_COMMENT'] ?? '';
const runs = path.join(folder, 'store/runs');
/** The comment of an earlier run must not go on telling that all is well. */
const UNDECIDED = `<!-- agentops -->
## ! Undecided

What the evaluation left behind is no run that can be reported: the log of this job says why.
`;

/** The only run of the folder. Throws where there is none, or several, or something in it that is no plain file, such as a link. */
function onlyRun() {
  const found = existsSync(runs) ? readdirSync(runs, { withFileTypes: true }) : [];
  const [run] = found.filter((one) => one.isDirectory() && /^[\w-]+$/.test(one.name));
  if (run === undefined || found.length > 1) {
    throw new Error(`"${runs}" holds ${found.length} runs, expected the folder of one`);
  }
  const dir = path.join(runs, run.name);
  const odd = readdirSync(dir, { withFileTypes: true }).find((one) => !one.isFile());
  if (odd) throw new Error(`"${dir}" holds something that is no file, expected a stored run`);
  return dir;
}

/** Writes the comment; returns the exit code. */
function render() {
  const args = [program, 'report', onlyRun(), '--reporter', `markdown=${comment}`];
  return spawnSync(process.execPath, args, { stdio: 'inherit' }).status ?? 3;
}

try {
  process.exitCode = render();
} catch (thrown) {
  console.log(`agentops: ${thrown instanceof Error ? thrown.message : thrown}`);
  process.exitCode = 3;
}
if (process.exitCode !== 0 && comment !== '') {
  mkdirSync(path.dirname(comment), { recursive: true });
  writeFileSync(comment, UNDECIDED);
}
