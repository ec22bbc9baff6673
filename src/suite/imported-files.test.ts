import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { importedFiles, relativeImports } from './imported-files.ts';
import { testProject } from './project.test-support.ts';

describe('relativeImports() finds', () => {
  test.each([
    ["import { a } from './a.ts';", ['./a.ts']],
    ['import a from "../a.js"', ['../a.js']],
    ["import './a.mjs';", ['./a.mjs']],
    ["export * from './a';", ['./a']],
    ["import {\n  a,\n  b,\n} from './a.ts'", ['./a.ts']],
    ["import type { A } from './a.ts'", ['./a.ts']],
    ["await import('./a.mjs')", ['./a.mjs']],
    ['await import(`./a.mjs`)', ['./a.mjs']],
    ["require('./a.cjs')", ['./a.cjs']],
    ["new URL('./a.json', import.meta.url)", ['./a.json']],
    ["from'./a.js'", ['./a.js']],
    ["import './a.mjs?raw'", ['./a.mjs']],
    ["import a from 'a'; import b from 'node:path'; import '/c.js'", []],
    ["const from = './a.js'; transform('./b.js')", []],
  ])('in %j', (text, found) => {
    expect(relativeImports(text)).toEqual(found);
  });
});

describe('importedFiles()', () => {
  async function imported(files: Record<string, string>, ...entries: string[]): Promise<string[]> {
    const { folder } = await testProject(files);
    const found = await importedFiles(
      entries.map((entry) => path.join(folder, entry)),
      folder,
    );
    return [...found].map((file) => path.relative(folder, file)).sort();
  }

  test('follows imports of imports, also in a circle', async () => {
    const files = {
      'a.mjs': "import './lib/b.js'",
      'lib/b.js': "import '../c.ts'",
      'c.ts': "import './a.mjs'",
      'd.mjs': '',
    };
    expect(await imported(files, 'a.mjs')).toEqual(['c.ts', 'lib/b.js']);
  });

  test('finds files without their ending, in folders, and TypeScript under the name of its output', async () => {
    const files = {
      'a.ts': "import './b'; import './lib'; import './c.js'",
      'b.ts': '',
      'lib/index.js': '',
      'c.ts': '',
    };
    expect(await imported(files, 'a.ts')).toEqual(['b.ts', 'c.ts', 'lib/index.js']);
  });

  test('gives the file that is not there, so that it is seen when it comes', async () => {
    expect(await imported({ 'a.mjs': "import './b.mjs'" }, 'a.mjs')).toEqual(['b.mjs']);
    expect(await imported({ 'a.ts': "import './b'" }, 'a.ts')).toContain('b.ts');
  });

  test('leaves out packages, what lies outside, and text that is no code', async () => {
    const files = {
      'a.mjs': "import './node_modules/p/index.js'; import '../../outside.js'",
      'node_modules/p/index.js': '',
      'b.yaml': "import './c.js'",
      'c.js': '',
    };
    expect(await imported(files, 'a.mjs', 'b.yaml', 'missing.js')).toEqual([]);
  });
});
