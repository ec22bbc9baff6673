import { execFile } from 'node:child_process';
import { chmod, lstat, mkdir, mkdtemp, readdir, realpath, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { writeFault } from '../../io/disk-fault.ts';

/** Folders that are opened up before the rest is left as it is. */
const MAX_FOLDERS = 100_000;
/** For the removal by the system's own program, in milliseconds. */
const REMOVAL_MS = 10_000;

/** Folders that belong to one trial. */
export interface TrialFolder {
  /** Holds the others. */
  readonly root: string;
  readonly home: string;
  readonly temp: string;
  /** An empty folder to work in, for agents that ask for one. */
  readonly cwd: string;
  /** Removes it all, whatever the agent did to it, once the agent is dead; what cannot be removed stays. Never rejects. */
  remove(): Promise<void>;
}

/** Makes the folders of a trial, which only this user may enter. Throws `disk_fault`. */
export async function makeTrialFolder(parent: string = tmpdir()): Promise<TrialFolder> {
  try {
    const root = await realpath(await mkdtemp(path.join(parent, 'agentops-'))); // made with mode 0700
    const inside = (name: string) => path.join(root, name);
    const folder = { root, home: inside('home'), temp: inside('tmp'), cwd: inside('cwd') };
    for (const name of [folder.home, folder.temp, folder.cwd]) await mkdir(name, { mode: 0o700 });
    return { ...folder, remove: () => removeTree(root) };
  } catch (thrown) {
    throw writeFault(parent, thrown, 'make a folder for the trial in');
  }
}

async function removeTree(root: string): Promise<void> {
  if (await tryRemove(root)) return;
  await openUp(root);
  if (await tryRemove(root)) return;
  // Paths longer than the system takes at once, which its own program removes step by step
  await new Promise<void>((done) => {
    execFile('rm', ['-rf', '--', root], { timeout: REMOVAL_MS, killSignal: 'SIGKILL' }, () =>
      done(),
    );
  });
}

async function tryRemove(root: string): Promise<boolean> {
  try {
    await rm(root, { recursive: true, force: true, maxRetries: 2, retryDelay: 50 });
    return true;
  } catch {
    return false;
  }
}

/** Gives back the rights that the agent took from folders. */
async function openUp(root: string): Promise<void> {
  const folders = [root];
  for (let opened = 0; opened < MAX_FOLDERS; opened += 1) {
    const folder = folders.pop();
    if (folder === undefined) return;
    try {
      if (!(await lstat(folder)).isDirectory()) continue; // a link leads to what is not ours
      await chmod(folder, 0o700);
      const entries = await readdir(folder, { withFileTypes: true });
      for (const entry of entries)
        if (entry.isDirectory()) folders.push(path.join(folder, entry.name));
    } catch {
      // It stays as it is
    }
  }
}
