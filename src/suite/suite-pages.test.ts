import { mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, test } from 'vitest';
import { agentKinds } from '../agents/registry.ts';
import { judges } from '../judges/registry.ts';
import { loadSuites } from './load-suites.ts';
import { lines, suiteText, testProject } from './project.test-support.ts';

const pages = new URL('./testdata/', import.meta.url);
const kinds = { judges, agents: agentKinds };

async function page(name: string): Promise<string> {
  return readFile(new URL(name, pages), 'utf8');
}

const shop = {
  '.git/HEAD': '',
  'fixtures/shop/v1.trajectories.jsonl': '',
  'suites/prompts/support.md': '',
  'suites/agents/support.ts': '',
  'suites/tools/shop.world.json': '{ "orders": {} }',
  'suites/tools/shop.mock.ts': '',
  'suites/tools/search.recording.jsonl': '',
  'suites/rubrics/safety.md': 'Is it safe?',
};

async function load(text: string, tools = '{}') {
  const project = await testProject(shop);
  const file = path.join(project.folder, 'suites/shop.suite.yaml');
  await mkdir(path.dirname(file), { recursive: true });
  await writeFile(file, text);
  await writeFile(path.join(project.folder, 'suites/tools/shop.tools.yaml'), tools);
  return loadSuites([file], kinds);
}

test('the suite of the pages is sound, and all of it is built', async () => {
  const tools = `${await page('tools.yaml')}delete_account: {}\ncancel_order: {}\n`;
  const { suites, faults } = await load(await page('suite.yaml'), tools);
  expect(lines(faults)).toEqual([]);
  expect(suites[0]?.agents.map(({ kind }) => kind)).toEqual([
    'replay',
    'chat',
    'command',
    'http',
    'module',
  ]);
  expect(suites[0]?.tasks[0]).toMatchObject({ id: 'refund-late-order', weights: { limits: 0.5 } });
});

test.each([
  ['policy.yaml', undefined],
  ['attacks.yaml', undefined],
  ['judges.yaml', '{ judge: { polite: { at_least: 4 }, solved: {}, panel: {} } }'],
])('%s of the pages is sound', async (name, asked) => {
  const text = suiteText({ more: await page(name), ...(asked && { expect: asked }) });
  const { suites, faults } = await load(
    text.replace('./r.jsonl', '../fixtures/shop/v1.trajectories.jsonl'),
  );
  expect(lines(faults)).toEqual([]);
  expect(suites).toHaveLength(1);
});
