import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { makeTrialFolder } from './trial-folder.ts';

let parent = '';
beforeEach(() => {
  parent = mkdtempSync(path.join(tmpdir(), 'trial-folder-test-'));
});
afterEach(() => {
  rmSync(parent, { recursive: true, force: true });
});

describe('makeTrialFolder()', () => {
  it('makes folders that nobody else may enter, other ones each time', async () => {
    const [one, two] = [await makeTrialFolder(parent), await makeTrialFolder(parent)];
    expect(one.root).not.toBe(two.root);
    expect(readdirSync(one.root).sort()).toEqual(['cwd', 'home', 'tmp']);
    const modes = [one.root, one.home, one.temp, one.cwd].map(
      (name) => statSync(name).mode & 0o777,
    );
    expect(modes).toEqual([0o700, 0o700, 0o700, 0o700]);
  });

  it('throws where the parent is not there', async () => {
    const missing = path.join(parent, 'missing');
    const message = `Cannot make a folder for the trial in "${missing}": there is no such file or folder`;
    await expect(makeTrialFolder(missing)).rejects.toMatchObject({ code: 'disk_fault', message });
  });
});

describe('remove() of a trial folder removes it', () => {
  it('when the agent filled it', async () => {
    const folder = await makeTrialFolder(parent);
    for (let file = 0; file < 300; file += 1) writeFileSync(path.join(folder.temp, `${file}`), 'x');
    mkdirSync(path.join(folder.home, 'a/b/c'), { recursive: true });
    await folder.remove();
    expect(readdirSync(parent)).toEqual([]);
  });

  it('when the agent took the rights from its folders', async () => {
    const folder = await makeTrialFolder(parent);
    const inner = path.join(folder.home, 'a/b');
    mkdirSync(inner, { recursive: true });
    writeFileSync(path.join(inner, 'file'), 'x');
    for (const name of [inner, path.dirname(inner), folder.home, folder.root]) chmodSync(name, 0);
    await folder.remove();
    expect(readdirSync(parent)).toEqual([]);
  });

  it('when the agent removed it before', async () => {
    const folder = await makeTrialFolder(parent);
    rmSync(folder.root, { recursive: true });
    await expect(folder.remove()).resolves.toBeUndefined();
  });

  it('when its paths are longer than the system takes', async () => {
    const folder = await makeTrialFolder(parent);
    const script = 'i=0; while [ $i -lt 60 ]; do mkdir $0 && cd -P $0 || exit; i=$((i+1)); done';
    execFileSync('/bin/sh', ['-c', script, 'd'.repeat(200)], { cwd: folder.cwd });
    await folder.remove();
    expect(readdirSync(parent)).toEqual([]);
  });

  it('and not what links in it lead to', async () => {
    const outside = path.join(parent, 'outside');
    mkdirSync(outside);
    writeFileSync(path.join(outside, 'kept'), 'x');
    chmodSync(outside, 0o755);
    const folder = await makeTrialFolder(parent);
    symlinkSync(outside, path.join(folder.home, 'link'));
    await folder.remove();
    const moved = await makeTrialFolder(parent);
    renameSync(moved.root, path.join(parent, 'moved'));
    symlinkSync(outside, moved.root);
    await moved.remove();
    expect(existsSync(path.join(outside, 'kept'))).toBe(true);
    expect(statSync(outside).mode & 0o777).toBe(0o755);
    expect(readdirSync(parent).sort()).toEqual(['moved', 'outside']);
  });
});
