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
import { prepareJudge } from '../../judges/judge-trajectory.ts';
import { Trajectory } from '../../model/trajectory.ts';
import { loadSuites } from '../../suite/load-suites.ts';
import { initFiles } from '../init-files.ts';
import { suiteKinds } from '../registries.ts';
import { initProject } from './init.ts';

const files = initFiles('1.2.3', '{}\n');
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
  it('writes a suite that has no fault and that its recording passes', async () => {
    expect(await initProject(folder, files)).toEqual([
      'suites/shop.suite.yaml',
      'suites/tools/shop.tools.yaml',
      'suites/recordings/shop.trajectories.jsonl',
      'suites/suite.schema.json',
      '.github/workflows/agentops.yml',
      '.gitignore',
    ]);
    const file = path.join(folder, 'suites/shop.suite.yaml');
    const { suites, faults, unbuilt } = await loadSuites([file], suiteKinds);
    expect([...faults, ...unbuilt]).toEqual([]);
    const lines = read('suites/recordings/shop.trajectories.jsonl').trim().split('\n');
    const recorded = lines.map((line) => Trajectory.parse(JSON.parse(line)));
    const tasks = suites[0]?.tasks ?? [];
    expect(recorded.map(({ task }) => task)).toEqual(tasks.map(({ id }) => id));
    for (const [index, task] of tasks.entries()) {
      const expectations = { ...suites[0]?.expect, ...task.expect };
      const { verdicts } = await (await prepareJudge(expectations))(recorded[index] as Trajectory);
      expect(verdicts.map(({ status }) => status)).toEqual(verdicts.map(() => 'pass'));
    }
  });

  it('writes a workflow that names this version and asks for no more than to read', async () => {
    await initProject(folder, files);
    const workflow = parse(read('.github/workflows/agentops.yml'));
    expect(workflow.permissions).toEqual({ contents: 'read' });
    expect(JSON.stringify(workflow)).toContain('npx --yes agentops-eval@1.2.3 eval');
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
