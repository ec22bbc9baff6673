import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parseGitStatus, readCommit, readGitState } from './git.ts';

const NOTHING = { commit: null, branch: null, dirty: null };
/** Without the variables that git sets for hooks, which would lead to another repository. */
const environment = { PATH: process.env['PATH'] };
let folder = '';

beforeAll(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'agentops-git-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function git(...args: string[]): string {
  const settings = ['user.name=a', 'user.email=a@example.org', 'init.defaultBranch=trunk'];
  const flags = settings.flatMap((setting) => ['-c', setting]);
  const options = { cwd: folder, encoding: 'utf8', env: environment } as const;
  return execFileSync('git', [...flags, ...args], options).trim();
}

describe('parseGitStatus()', () => {
  it.each([
    [
      'a clean tree',
      '# branch.oid abc\n# branch.head main\n',
      { commit: 'abc', branch: 'main', dirty: false },
    ],
    [
      'a changed file',
      '# branch.oid abc\n# branch.head main\n1 .M N... a\n',
      { commit: 'abc', branch: 'main', dirty: true },
    ],
    [
      'an untracked file',
      '# branch.oid abc\n# branch.head main\n? a\n',
      { commit: 'abc', branch: 'main', dirty: true },
    ],
    [
      'no commit yet',
      '# branch.oid (initial)\n# branch.head main\n',
      { commit: null, branch: 'main', dirty: false },
    ],
    [
      'no branch',
      '# branch.oid abc\n# branch.head (detached)\n',
      { commit: 'abc', branch: null, dirty: false },
    ],
  ])('reads %s', (_, text, wanted) => {
    expect(parseGitStatus(text)).toEqual(wanted);
  });
});

describe('readGitState()', () => {
  it('knows nothing outside a work tree', async () => {
    expect(await readGitState(folder, { environment })).toEqual(NOTHING);
  });

  it('knows nothing without git', async () => {
    expect(await readGitState(folder, { program: 'no-such-program' })).toEqual(NOTHING);
  });

  it('knows nothing of a folder that is not there', async () => {
    expect(await readGitState(path.join(folder, 'absent'))).toEqual(NOTHING);
  });

  it('reads commit, branch and dirtiness of a work tree', async () => {
    git('init', '--quiet');
    writeFileSync(path.join(folder, 'a'), 'a');
    git('add', 'a');
    git('commit', '--quiet', '--message', 'one');
    const commit = git('rev-parse', 'HEAD');
    expect(await readGitState(folder, { environment })).toEqual({
      commit,
      branch: 'trunk',
      dirty: false,
    });
    writeFileSync(path.join(folder, 'b'), 'b');
    expect(await readGitState(folder, { environment })).toEqual({
      commit,
      branch: 'trunk',
      dirty: true,
    });
  });
});

describe('readCommit()', () => {
  const commitOf = (name: string) => readCommit(folder, name, { environment });

  it('knows branches, tags, beginnings and what git counts from them', async () => {
    const head = git('rev-parse', 'HEAD');
    git('tag', '-a', 'v1', '-m', 'first');
    git('branch', 'topic/one');
    for (const name of ['trunk', 'topic/one', 'v1', 'HEAD', head, head.slice(0, 8), 'HEAD~0']) {
      expect(await commitOf(name), name).toBe(head);
    }
  });

  it.each([
    '',
    'absent',
    'HEAD~7',
    'HEAD:a',
    'trunk..HEAD',
    '^trunk',
    '--all',
    '--exec-path=/tmp',
    '-h',
    '--git-dir=/etc',
    'HEAD\n--all',
    'a\0b',
    '$(touch x)',
    '--end-of-options',
  ])('takes %j for no commit', async (name) => {
    expect(await commitOf(name)).toBeNull();
  });

  it('knows none without git, and outside a repository', async () => {
    expect(await readCommit(folder, 'HEAD', { program: 'no-such-program' })).toBeNull();
    expect(await readCommit(os.tmpdir(), 'HEAD', { environment })).toBeNull();
  });
});
