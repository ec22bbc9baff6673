import { symlink } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import * as z from 'zod';
import { filesOfSuites } from './files-of-suites.ts';
import { loadSuites } from './load-suites.ts';
import { testKinds, testProject } from './project.test-support.ts';

const program = {
  key: 'command',
  words: 'Program',
  schema: z.union([z.array(z.string()), z.object({ run: z.array(z.string()) })]),
};
const chat = { key: 'chat', words: 'Chat', schema: z.object({ model: z.string() }) };
const kinds = { ...testKinds, agents: [...testKinds.agents, program, chat] };

/** The files of a suite, relative to its project. */
async function filesIn(
  files: Record<string, string>,
  links: Record<string, string> = {},
): Promise<{ files: string[]; name: string | null; sound: boolean; written: string[] }> {
  const { folder } = await testProject({ 'package.json': '{}', ...files });
  for (const [at, to] of Object.entries(links)) await symlink(to, path.join(folder, at));
  const suite = path.join(folder, 'suites/shop.suite.yaml');
  const found = (await filesOfSuites(await loadSuites([suite], kinds))).get(suite)!;
  const shown = (all: ReadonlySet<string>) =>
    [...all].map((file) => path.relative(folder, file)).sort();
  return { ...found, files: shown(found.files), written: shown(found.written) };
}

const always = ['agentops.config.yaml', 'suites/shop.suite.yaml'];
const task = '{ id: a, expect: { answer: x } }';
const replay = 'agents: { r: { replay: ../r.jsonl } }';

describe('filesOfSuites() lists', () => {
  test('what a suite names, with what that imports', async () => {
    const text = `suite: shop\n${replay}\ntools: ./tools.yaml\ntasks: { from: ./t.jsonl }\nexpect: { check: ../checks/c.mjs#f }`;
    const { files, name, sound } = await filesIn({
      'suites/shop.suite.yaml': text,
      'suites/tools.yaml': '{ look: {} }',
      'suites/t.jsonl': '{"id":"a","expect":{"answer":"x"}}\n',
      'checks/c.mjs': "import './d.mjs'",
      'checks/d.mjs': '',
      'r.jsonl': '',
    });
    const named = [
      'checks/c.mjs',
      'checks/d.mjs',
      'r.jsonl',
      'suites/t.jsonl',
      'suites/tools.yaml',
    ];
    expect(files).toEqual([...always, ...named].sort());
    expect({ name, sound }).toEqual({ name: 'shop', sound: true });
  });

  test('files among the arguments of a program, with what they import', async () => {
    const words =
      '[node, --import=./hook.mjs, ./agent.mjs, sh, -c, "python ./a.py --fast", missing.js, ..]';
    const { files } = await filesIn({
      'suites/shop.suite.yaml': `suite: shop\nagents: { p: { command: { run: ${words} } } }\ntasks: [${task}]`,
      'suites/agent.mjs': "import '../lib.mjs'",
      'suites/hook.mjs': '',
      'suites/a.py': '',
      'lib.mjs': '',
    });
    const program = ['lib.mjs', 'suites/a.py', 'suites/agent.mjs', 'suites/hook.mjs'];
    expect(files).toEqual([...always, ...program].sort());
  });

  test('what a suite at fault names, there or not, but nothing outside of the project', async () => {
    const { files, name, sound } = await filesIn({
      'suites/shop.suite.yaml': `suitee: shop\nagents: { r: { replay: ./gone.jsonl } }\ntools: ../../away.yaml\ntasks: [${task}]`,
    });
    expect(files).toEqual([...always, 'suites/gone.jsonl'].sort());
    expect({ name, sound }).toEqual({ name: null, sound: false });
  });

  test('the suite alone where it is no YAML or is gone', async () => {
    expect((await filesIn({ 'suites/shop.suite.yaml': 'a: [' })).files).toEqual(always);
    expect((await filesIn({})).files).toEqual(always);
  });

  test('what stands behind a link, beside the link', async () => {
    const { files } = await filesIn(
      {
        'suites/shop.suite.yaml': `suite: shop\n${replay}\ntasks: [${task}]`,
        'data/r.jsonl': '',
      },
      { 'r.jsonl': 'data/r.jsonl' },
    );
    expect(files).toEqual([...always, 'data/r.jsonl', 'r.jsonl'].sort());
  });

  test('as written what a run may write', async () => {
    const recording = 'agents: { c: { chat: { model: m }, recording: ./c.recording.jsonl } }';
    const { files, written } = await filesIn({
      'suites/shop.suite.yaml': `suite: shop\n${recording}\ntasks: [${task}]`,
    });
    expect(files).toContain('suites/c.recording.jsonl');
    expect(written).toEqual(['suites/c.recording.jsonl']);
  });
});
