import { cpSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { root } from './built-cli.ts';

/** Makes an empty folder, as an absolute path without links. */
export function emptyFolder(): string {
  return realpathSync(mkdtempSync(path.join(tmpdir(), 'agentops-test-')));
}

/** Makes a folder with a copy of the bundled suites and all fixtures. */
export function copyOfProject(): string {
  const folder = emptyFolder();
  writeFileSync(path.join(folder, 'package.json'), '{ "private": true, "type": "module" }\n');
  for (const name of ['suites', 'fixtures']) {
    cpSync(path.join(root, name), path.join(folder, name), { recursive: true });
  }
  return folder;
}

/** Removes a folder that one of the above made. */
export function remove(folder: string): void {
  rmSync(folder, { recursive: true, force: true });
}
