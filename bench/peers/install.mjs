import { spawnSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';

/**
 * Where the other programs are installed.
 * @typedef {{ folder: string }} Peers
 */

const versions = {
  '@langchain/core': '1.4.0',
  '@langchain/langgraph': '1.7.3',
  agentevals: '0.0.7',
  vitest: '4.1.12',
  'vitest-evals': '0.16.1',
};

/**
 * Installs the programs to compare with in a folder of their own, never in the project. Throws where npm fails.
 * @param {string} scratch
 * @returns {Peers}
 */
export function installPeers(scratch) {
  const folder = path.join(scratch, 'peers');
  mkdirSync(folder);
  const dependencies = versions;
  const manifest = { private: true, type: 'module', dependencies };
  writeFileSync(path.join(folder, 'package.json'), JSON.stringify(manifest));
  const names = Object.keys(dependencies).join(', ');
  process.stderr.write(`installing ${names}…\n`);
  // What `npm run` adds to the environment would lead this npm back to the project
  const env = Object.fromEntries(
    Object.entries(process.env).filter(([name]) => !/^(npm_|INIT_CWD$)/i.test(name)),
  );
  const args = ['install', '--no-audit', '--no-fund', '--ignore-scripts'];
  const { status, stderr } = spawnSync('npm', args, { cwd: folder, env, encoding: 'utf8' });
  if (status !== 0) throw new Error(`Cannot install ${names}: npm failed\n${stderr}`);
  return { folder };
}
