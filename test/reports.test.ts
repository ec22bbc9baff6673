import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { requireFreshBuild } from './built-cli.ts';
import { record, writeCase } from './hostile-project.ts';
import { runAgentops } from './run-agentops.ts';
import { emptyFolder, remove } from './temporary-project.ts';

const LONG = { timeout: 120_000 };
let folder = '';

beforeAll(requireFreshBuild);
beforeEach(() => {
  folder = emptyFolder();
  writeCase(folder, { lines: [record()], tasks: { a: '{ answer: x }' } });
});
afterEach(() => remove(folder));

const file = (name: string) => path.join(folder, name);
const read = (name: string) => readFileSync(file(name), 'utf8');

describe('agentops eval --reporter github', () => {
  it('annotates, and adds to the files of the step', LONG, async () => {
    writeFileSync(file('summary.md'), '# Before\n');
    const { code, stdout, stderr } = await runAgentops(['eval', '--reporter', 'github'], folder, {
      GITHUB_STEP_SUMMARY: file('summary.md'),
      GITHUB_OUTPUT: file('output'),
      GITHUB_WORKSPACE: path.dirname(folder),
    });
    const place = `${path.basename(folder)}/suites/`;
    expect(stdout).toMatch(
      new RegExp(`^::error file=${place}[^,:]+,line=\\d+,title=Failed%3A a::`),
    );
    expect(stdout).toMatch(/\n::notice title=Gate failed::[^\n]+\n$/);
    expect(read('summary.md')).toMatch(/^# Before\n<!-- agentops -->\n## ✗ Gate failed\n/);
    expect(read('output')).toMatch(/^gate<<(agentops_\w+)\nfail\n\1\n/);
    expect(stderr).toBe('');
    expect(code).toBe(1);
  });

  it(
    'writes its commands to a file, and skips what the environment does not name',
    LONG,
    async () => {
      const { stdout } = await runAgentops(['eval', '--reporter', 'github=out/log.txt'], folder);
      expect(read('out/log.txt')).toMatch(/^::error file=suites\//);
      expect(stdout).not.toMatch(/^::/m);
    },
  );
});

describe('agentops eval, of several reporters', () => {
  it.skipIf(!existsSync('/dev/full'))('writes the others where one cannot be', LONG, async () => {
    writeCase(folder, { lines: [record()], tasks: { a: '{ calls: { exact: [] } }' } });
    const reporters = ['junit=/dev/full', 'csv=a.csv', 'markdown=package.json/x', 'ctrf=a.json'];
    const options = reporters.flatMap((one) => ['--reporter', one]);
    const { code, stderr } = await runAgentops(['eval', ...options], folder);
    expect(stderr.match(/^error: Cannot write the report "\w+"/gm)).toEqual([
      'error: Cannot write the report "junit"',
      'error: Cannot write the report "markdown"',
    ]);
    expect(read('a.csv')).toMatch(/^run,suite,task,/);
    expect(JSON.parse(read('a.json')).results.summary.passed).toBe(1);
    expect(code).toBe(3);
    const again = await runAgentops(['report', 'latest', ...options], folder);
    expect(again.code).toBe(3);
  });
});
