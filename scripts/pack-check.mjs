// Packs the package, installs it in an empty folder and uses it there, as a stranger would.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const folder = mkdtempSync(path.join(tmpdir(), 'agentops-pack-'));
const installed = path.join(folder, 'node_modules/agentops-eval');

/** The environment without what `npm run` adds, which would lead an inner npm back to this folder. */
const env = Object.fromEntries(
  Object.entries(process.env).filter(([name]) => !/^(npm_|INIT_CWD$|NODE_ENV$)/i.test(name)),
);

/**
 * Runs a program and answers what it printed; throws when it fails.
 * @param {string} program
 * @param {string[]} args
 * @param {string} [cwd]
 */
function run(program, args, cwd = folder) {
  const { error, status, stdout, stderr } = spawnSync(program, args, {
    cwd,
    env,
    encoding: 'utf8',
  });
  if (error) throw error;
  check(status === 0, `"${[program, ...args].join(' ')}" failed\n${stdout}${stderr}`);
  return stdout;
}

/**
 * @param {boolean} holds
 * @param {string} fault
 */
function check(holds, fault) {
  if (!holds) throw new Error(`Cannot use the packed package: ${fault}`);
}

function pack() {
  const report = run(
    'npm',
    ['pack', '--json', '--ignore-scripts', '--pack-destination', folder],
    root,
  );
  const [packed] = JSON.parse(report);
  /** @type {string[]} */
  const paths = packed.files.map((/** @type {{ path: string }} */ file) => file.path);
  const strays = paths.filter((file) => /\.test\.|^(src|scripts|test)\//.test(file));
  check(strays.length === 0, `it holds ${strays.join(', ')}`);
  console.log(`${packed.filename}: ${paths.length} files, ${Math.ceil(packed.size / 1024)} KiB`);
  return { tarball: path.join(folder, packed.filename), version: packed.version };
}

/** @param {string} tarball */
function install(tarball) {
  writeFileSync(path.join(folder, 'package.json'), '{ "private": true, "type": "module" }\n');
  run('npm', ['install', '--ignore-scripts', '--no-audit', '--no-fund', tarball]);
}

/** @param {string[]} args */
const agentops = (...args) => run(path.join(folder, 'node_modules/.bin/agentops'), args);

/** @param {string} version */
function useProgram(version) {
  const answer = agentops('--version').trim();
  check(answer === version, `--version answers "${answer}", expected "${version}"`);
  check(agentops('--help').includes('Usage: agentops'), '--help shows no usage');
  const suites = path.join(installed, 'suites');
  if (existsSync(suites)) agentops('eval', suites);
}

function useLibrary() {
  if (!existsSync(path.join(installed, 'dist/index.js'))) return;
  const names = 'import * as api from "agentops-eval"; export const names = Object.keys(api);\n';
  writeFileSync(path.join(folder, 'consumer.ts'), names);
  const compiler = path.join(root, 'node_modules/typescript/bin/tsc');
  const typeRoots = path.join(root, 'node_modules/@types');
  const options = ['--noEmit', '--strict', '--module', 'nodenext', '--typeRoots', typeRoots];
  run(process.execPath, [compiler, ...options, '--types', 'node', 'consumer.ts']);
  run(process.execPath, ['--input-type=module', '--eval', 'import "agentops-eval";']);
}

try {
  const { tarball, version } = pack();
  install(tarball);
  useProgram(version);
  useLibrary();
} finally {
  rmSync(folder, { recursive: true, force: true });
}
