import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { runSuite } from '../run/library.ts';
import { loadSuites } from '../suite/load-suites.ts';
import { ciFiles } from './ci-files.ts';
import { initFiles } from './init-files.ts';
import { initProject } from './init-project.ts';
import { suiteKinds } from './registries.ts';

const files = [...initFiles('{}\n'), ...ciFiles('github', '1.2.3')];
let folder = '';

beforeEach(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'agentops-init-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const read = (file: string) => readFileSync(path.join(folder, file), 'utf8');

function write(file: string, text: string): void {
  mkdirSync(path.dirname(path.join(folder, file)), { recursive: true });
  writeFileSync(path.join(folder, file), text);
}

describe('initProject()', () => {
  it('writes a suite that has no fault and that its agent passes', async () => {
    expect(await initProject(folder, files)).toEqual([
      'suites/shop.suite.yaml',
      'suites/tools/shop.tools.yaml',
      'suites/agents/shop.mjs',
      'suites/suite.schema.json',
      '.github/actions/agentops/action.yml',
      '.github/workflows/agentops.yml',
      '.github/workflows/agentops-comment.yml',
      '.gitignore',
    ]);
    const file = path.join(folder, 'suites/shop.suite.yaml');
    const { suites, faults } = await loadSuites([file], suiteKinds);
    expect(faults).toEqual([]);
    const [suite] = suites;
    if (!suite) throw new Error('no suite');
    const { summary } = await runSuite(suite, { base: path.join(folder, 'runs') });
    expect(summary?.totals).toMatchObject({ planned: 2, pass: 2 });
    expect(summary?.gate.status).toBe('pass');
  });

  it('writes a recipe for GitLab that names this version', async () => {
    const written = await initProject(folder, ciFiles('gitlab', '1.2.3'));
    expect(written).toEqual(['.gitlab-ci.yml', '.gitignore']);
    const { '.agentops': job } = parse(read('.gitlab-ci.yml'));
    expect(job.before_script[0]).toMatch(/ agentops-eval@1\.2\.3$/);
  });

  it.each([
    'suites/other.suite.yaml',
    'suites/tools/shop.tools.yaml',
    '.github/workflows/agentops.yml',
  ])('writes nothing and names what is there when %s exists', async (file) => {
    write(file, 'mine');
    await expect(initProject(folder, files)).rejects.toMatchObject({
      code: 'usage',
      message: expect.stringContaining(`\n${path.normalize(file)}`),
    });
    expect(read(file)).toBe('mine');
    expect(existsSync(path.join(folder, '.gitignore'))).toBe(false);
    expect(readdirSync(folder)).toEqual([file.split('/')[0]]);
  });

  it('adds one line to .gitignore, and none where it is there', async () => {
    write('.gitignore', 'node_modules');
    await initProject(folder, files);
    expect(read('.gitignore')).toBe('node_modules\n.agentops/\n');
    for (const { path: file } of files) rmSync(path.join(folder, file));
    expect(await initProject(folder, files)).not.toContain('.gitignore');
    expect(read('.gitignore')).toBe('node_modules\n.agentops/\n');
  });
});
