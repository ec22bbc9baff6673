import { rm } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { foldersToWatch, isPassedOver } from './folders-to-watch.ts';
import { testProject } from './project.test-support.ts';

const tree = {
  'suites/a.suite.yaml': '',
  'suites/deep/er/b.suite.yaml': '',
  'suites/node_modules/p/c.suite.yaml': '',
  'suites/.git/d.suite.yaml': '',
  'other/e.suite.yaml': '',
  'tools/t.yaml': '',
};

async function folders(named: string[], files: string[] = [], gone?: string): Promise<string[]> {
  const { folder } = await testProject(tree);
  if (gone) await rm(path.join(folder, gone), { recursive: true });
  const found = await foldersToWatch(
    named,
    folder,
    files.map((file) => path.join(folder, file)),
  );
  return [...found].map((one) => path.relative(folder, one)).sort();
}

describe('foldersToWatch() gives', () => {
  const all = ['suites', 'suites/deep', 'suites/deep/er'];

  test.each<[string, string[], string[], string[]]>([
    ['suites/ and what is in it', [], [], all],
    ['the folder of a suite that is named', ['other/e.suite.yaml'], [], ['other']],
    ['the folders that a glob can reach', ['suites/*.suite.yaml'], [], all],
    [
      'the folders of files',
      ['other'],
      ['tools/t.yaml', 'suites/x.mjs'],
      ['other', 'suites', 'tools'],
    ],
    [
      'no folder of packages or of runs',
      ['other'],
      ['node_modules/p/x.js', '.agentops/y'],
      ['', 'other'],
    ],
  ])('%s', async (_what, named, files, wanted) => {
    expect(await folders(named, files)).toEqual(wanted);
  });

  test('the nearest folder that is there where one is gone', async () => {
    expect(await folders([], ['suites/deep/er/x.mjs'], 'suites')).toEqual(['']);
    expect(await folders(['suites'], ['suites/deep/er/x.mjs'], 'suites/deep')).toEqual(['suites']);
  });
});

test('foldersToWatch() watches a project that is itself among packages', async () => {
  const { folder } = await testProject({ 'node_modules/p/suites/a.suite.yaml': '' });
  const cwd = path.join(folder, 'node_modules/p');
  expect(await foldersToWatch([], cwd, [])).toEqual(new Set([path.join(cwd, 'suites')]));
});

test.each([
  ['node_modules/a/b.js', true],
  ['.git/index', true],
  ['.agentops/runs', true],
  ['suites/node_modules.md', false],
])('isPassedOver() tells of %s whether nobody writes there by hand: %s', (file, over) => {
  expect(isPassedOver(file)).toBe(over);
});
