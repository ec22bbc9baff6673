// Runs the benchmarks and prints one table; see README.md for what is measured and how.
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { agentdojo } from './agentdojo.mjs';
import { cases } from './cases.mjs';
import { diff } from './diff.mjs';
import { html } from './html.mjs';
import { judge } from './judge.mjs';
import { judging } from './judging.mjs';
import { live } from './live.mjs';
import { matching } from './matching.mjs';
import { memorySource } from './measure.mjs';
import { installPeers } from './peers/install.mjs';
import { safety } from './safety.mjs';
import { start } from './start.mjs';
import { holds, tableOf } from './table.mjs';
import { trials } from './trials.mjs';
import { yaml } from './yaml.mjs';

/** @type {Record<string, import('./bench.mjs').Group>} */
const groups = {
  start,
  cases,
  trials,
  judge,
  matching,
  yaml,
  agentdojo,
  safety,
  live,
  judging,
  diff,
  html,
};

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    rounds: { type: 'string', default: '5' },
    large: { type: 'boolean', default: false },
    peers: { type: 'boolean', default: false },
    strict: { type: 'boolean', default: false },
  },
});

const root = fileURLToPath(new URL('..', import.meta.url));
const cli = path.resolve(
  process.env['AGENTOPS_EVAL_BENCH_CLI'] ?? path.join(root, 'bin/agentops.js'),
);
const library = path.resolve(
  process.env['AGENTOPS_EVAL_BENCH_LIBRARY'] ?? path.join(root, 'dist/index.js'),
);
for (const file of [cli, library, path.join(root, 'dist/cli.js')]) {
  if (!existsSync(file))
    throw new Error(`Cannot measure: "${file}" is missing, expected a build (npm run build)`);
}
const only = positionals.length > 0 ? positionals : Object.keys(groups);
const unknown = only.find((name) => !Object.hasOwn(groups, name));
if (unknown)
  throw new Error(
    `Cannot measure "${unknown}": expected some of ${Object.keys(groups).join(', ')}`,
  );

const scratch = mkdtempSync(path.join(os.tmpdir(), 'agentops-bench-'));
try {
  const peers = values.peers ? installPeers(scratch) : null;
  const bench = {
    root,
    cli,
    library,
    scratch,
    rounds: Number(values.rounds),
    large: values.large,
    peers,
  };
  /** @type {import('./table.mjs').Row[]} */
  const rows = [];
  for (const name of only) {
    process.stderr.write(`${name}…\n`);
    try {
      rows.push(...((await groups[name]?.(bench)) ?? []));
    } catch (thrown) {
      process.stderr.write(`${name}: ${thrown}\n`);
      process.exitCode = 1;
    }
  }
  const machine = `${os.cpus().length} × ${os.cpus()[0]?.model.trim()}, node ${process.versions.node}`;
  console.log(`${machine}; ${values.rounds} rounds; ${memorySource}\n\n${tableOf(rows)}`);
  const missed = rows.flatMap((row) => row.bars ?? []).filter((bar) => !holds(bar));
  if (values.strict && missed.length > 0) process.exitCode = 1;
} finally {
  rmSync(scratch, { recursive: true, force: true });
}
