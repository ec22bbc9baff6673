import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { findBaseline } from './find-baseline.ts';

function project(...names: string[]): string {
  const root = mkdtempSync(path.join(tmpdir(), 'agentops-baselines-'));
  mkdirSync(path.join(root, 'baselines'));
  writeFileSync(path.join(root, 'baselines', 'README.md'), '');
  for (const name of names)
    writeFileSync(path.join(root, 'baselines', `${name}.baseline.json`), '{}');
  return root;
}

const inCi = (variable: string) => ({ [variable]: 'release/2' });

describe('findBaseline()', () => {
  it.each([
    [['topic-a', 'main'], 'topic/a', {}, 'topic-a'],
    [['release-2', 'main'], 'topic/a', inCi('GITHUB_BASE_REF'), 'release-2'],
    [['release-2', 'main'], null, inCi('CI_MERGE_REQUEST_TARGET_BRANCH_NAME'), 'release-2'],
    [['main', 'master', 'other'], 'topic/a', {}, 'main'],
    [['master', 'other'], null, { GITHUB_BASE_REF: '' }, 'master'],
    [['shop'], 'topic/a', {}, 'shop'],
  ])('takes of %j on branch %s in %j: %s', async (names, branch, environment, wanted) => {
    const root = project(...names);
    expect(await findBaseline(null, { root, branch, environment })).toBe(wanted);
  });

  const place = (...names: string[]) => ({ root: project(...names), branch: 'x', environment: {} });

  it('says what there is where it cannot tell, and where a name is not there', async () => {
    await expect(findBaseline(null, place('a', 'b'))).rejects.toThrow(
      '"x" has none, expected baseline:NAME with one of a, b',
    );
    await expect(findBaseline(null, place())).rejects.toThrow('agentops baseline set');
    await expect(findBaseline('mian', place('main'))).rejects.toThrow('did you mean "main"?');
    await expect(findBaseline('main', place())).rejects.toThrow('the project has none');
  });

  it.each(['../main', '', 'CON', '/etc/passwd'])('refuses the name %j', async (name) => {
    await expect(findBaseline(name, place('main'))).rejects.toThrow('Cannot name a baseline');
  });
});
