import { symlink } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { findSuiteFiles } from './find-suite-files.ts';
import { testProject } from './project.test-support.ts';

const tree = {
  'suites/b.suite.yaml': '',
  'suites/a.suite.yaml': '',
  'suites/deep/er/c.suite.yaml': '',
  'suites/notes.yaml': '',
  'suites/node_modules/d.suite.yaml': '',
  'suites/.hidden/e.suite.yaml': '',
  'other/f.suite.yaml': '',
  'other/[x].suite.yaml': '',
  'empty/readme.md': '',
};

async function found(...names: string[]): Promise<string[]> {
  const { folder } = await testProject(tree);
  const { files } = await findSuiteFiles(names, folder);
  return files.map((file) => path.relative(folder, file));
}

describe('findSuiteFiles() finds', () => {
  const all = ['suites/a.suite.yaml', 'suites/b.suite.yaml', 'suites/deep/er/c.suite.yaml'];

  test.each<[string[], string[]]>([
    [[], all],
    [['suites'], all],
    [['./suites/'], all],
    [['suites/deep'], ['suites/deep/er/c.suite.yaml']],
    [
      ['suites/b.suite.yaml', 'other/f.suite.yaml'],
      ['other/f.suite.yaml', 'suites/b.suite.yaml'],
    ],
    [['suites/notes.yaml'], ['suites/notes.yaml']],
    [['suites', 'suites/a.suite.yaml'], all],
    [['suites/*'], ['suites/a.suite.yaml', 'suites/b.suite.yaml']],
    [['suites/?.suite.yaml'], ['suites/a.suite.yaml', 'suites/b.suite.yaml']],
    [['suites/{a,c}*'], ['suites/a.suite.yaml']],
    [['suites/[!a].suite.yaml'], ['suites/b.suite.yaml']],
    [['**/c.suite.yaml'], ['suites/deep/er/c.suite.yaml']],
    [['**/*.suite.yaml'], ['other/[x].suite.yaml', 'other/f.suite.yaml', ...all]],
    [['suites/**'], all],
    [['other/[x].suite.yaml'], ['other/[x].suite.yaml']],
  ])('%j', async (names, wanted) => {
    expect(await found(...names)).toEqual(wanted);
  });

  test('nothing where there is no suites folder', async () => {
    const { folder } = await testProject({});
    expect(await findSuiteFiles([], folder)).toEqual({ files: [], faults: [] });
  });

  test('files behind links, but nothing in folders behind links', async () => {
    const { folder } = await testProject(tree);
    await symlink('../other/f.suite.yaml', path.join(folder, 'suites/link.suite.yaml'));
    await symlink('..', path.join(folder, 'suites/up'));
    const { files } = await findSuiteFiles([], folder);
    expect(files).toHaveLength(4);
    expect(files).toContain(path.join(folder, 'suites/link.suite.yaml'));
  });
});

describe('findSuiteFiles() refuses', () => {
  test.each([['empty'], ['missing'], ['suites/*.json'], ['suites/deep/*'], ['notes*']])(
    '%s, which matches none',
    async (name) => {
      await expect(found(name)).rejects.toMatchObject({
        code: 'usage',
        message: `Cannot find suites: "${name}" matches no suite file, expected a file, a folder that holds *.suite.yaml files, or a glob that matches some`,
      });
    },
  );

  test('one name that matches none beside one that does, naming each', async () => {
    await expect(found('suites', 'x', 'y')).rejects.toThrow('"x", "y" matches no suite file');
  });

  test('a suite under another ending, which would be passed over', async () => {
    const { folder } = await testProject({ 'suites/a.suite.yml': '', 'suites/b.suite.yaml': '' });
    const { files, faults } = await findSuiteFiles([], folder);
    expect(files).toEqual([path.join(folder, 'suites/b.suite.yaml')]);
    expect(faults).toMatchObject([
      {
        file: path.join(folder, 'suites/a.suite.yml'),
        severity: 'error',
        message: 'A suite under this name is passed over; name it a.suite.yaml',
      },
    ]);
  });

  test('but reads it where it is given by its name', async () => {
    const { folder } = await testProject({ 'suites/a.suite.yml': '', 'suites/b.suite.yml': '' });
    const { files, faults } = await findSuiteFiles(['suites', 'suites/a.suite.yml'], folder);
    expect(files).toEqual([path.join(folder, 'suites/a.suite.yml')]);
    expect(faults).toHaveLength(1);
  });
});
