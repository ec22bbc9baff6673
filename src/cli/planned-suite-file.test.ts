import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { plannedSuiteFile } from './planned-suite-file.ts';

let root = '';
beforeEach(() => {
  root = realpathSync(mkdtempSync(path.join(tmpdir(), 'agentops-planned-')));
  mkdirSync(path.join(root, 'suites'));
  for (const name of ['a.suite.yaml', 'suites/b.suite.yaml']) {
    writeFileSync(path.join(root, name), '');
  }
});
afterEach(() => rmSync(root, { recursive: true }));

describe('plannedSuiteFile()', () => {
  it.each([
    ['a.suite.yaml', 'a.suite.yaml'],
    ['suites/b.suite.yaml', 'suites/b.suite.yaml'],
    ['b.suite.yaml', 'suites/b.suite.yaml'],
  ])('finds %s', async (named, file) => {
    expect(await plannedSuiteFile(root, named)).toBe(path.join(root, file));
  });

  it.each(['c.suite.yaml', 'suites', '../../a.suite.yaml', '/etc/passwd'])(
    'finds nothing for %s',
    async (named) => {
      expect(await plannedSuiteFile(root, named)).toBeNull();
    },
  );
});
