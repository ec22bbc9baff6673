// Records the judges of the bundled suites anew, and calibrates them: to be run when a prompt, a rubric or a trial of theirs changes. Needs a build.
//   node scripts/record-judged-suites.mjs
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { startStandIn } from './stand-in-judge.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const cli = path.join(root, 'bin/agentops.js');
const out = mkdtempSync(path.join(tmpdir(), 'agentops-record-'));
const standIn = await startStandIn();

/** @param {string[]} args */
async function agentops(...args) {
  const env = { ...process.env, OPENAI_BASE_URL: standIn.url };
  const child = spawn(process.execPath, [cli, ...args, '--out', out], {
    cwd: root,
    env,
    stdio: 'inherit',
  });
  const [code] = await once(child, 'exit');
  return code;
}

try {
  for (const name of ['support-quality', 'rubrics']) {
    rmSync(path.join(root, `suites/${name}.judges.jsonl`), { force: true });
    await agentops('eval', `suites/${name}.suite.yaml`, '--judge', 'live', '--quiet');
  }
  await agentops('calibrate', 'suites/support-quality.suite.yaml');
  process.exitCode = await agentops(
    'eval',
    'suites/support-quality.suite.yaml',
    'suites/rubrics.suite.yaml',
  );
} finally {
  standIn.close();
  rmSync(out, { recursive: true, force: true });
}
