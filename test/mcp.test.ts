import { execFile } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { program, requireFreshBuild } from './built-cli.ts';
import { copyOfProject, remove } from './temporary-project.ts';

let folder = '';

beforeAll(() => {
  requireFreshBuild();
  folder = copyOfProject();
  writeFileSync(path.join(folder, 'shop.suite.yaml'), SUITE);
});
afterAll(() => remove(folder));

const SUITE = `
suite: shop
agents: { own: { command: [node, agent.mjs] } }
world: { orders: 1 }
tools:
  get_order:
    input: { type: object, properties: { order_id: { type: string } }, required: [order_id] }
    mock:
      - { when: { order_id: "1042" }, result: { total: 42.5 } }
      - { error: { code: not_found, message: No such order } }
  count_orders: { mock: ./count.mjs#count }
tasks:
  - { id: late, input: Where is it?, expect: { answer: Here } }
  - { id: many, input: How many?, world: { orders: 7 }, expect: { answer: "7" } }
`;

/** What comes back: a result or an error, told apart by the tests. */
interface Answer {
  readonly id: number;
  readonly result: {
    readonly tools: readonly { readonly name: string }[];
    readonly content: readonly { readonly text: string }[];
    readonly isError?: boolean;
  };
  readonly error: { readonly message: string };
}

/** Serves the suite, writes requests to it and ends its input. */
function talk(args: readonly string[], requests: readonly object[]) {
  writeFileSync(
    path.join(folder, 'count.mjs'),
    'export const count = (_args, { world }) => world.orders;',
  );
  const lines = requests.map((one, id) => `${JSON.stringify({ jsonrpc: '2.0', id, ...one })}\n`);
  return new Promise<{ answers: Answer[]; code: number | null; stderr: string }>((resolve) => {
    const env = { PATH: process.env['PATH'] };
    const child = execFile(
      process.execPath,
      [program, 'mcp', ...args],
      { cwd: folder, env, timeout: 60_000 },
      (_thrown, stdout, stderr) => {
        const answers = stdout.split('\n').filter((line) => line !== '');
        const byId = answers.map((line) => JSON.parse(line) as Answer).sort((a, b) => a.id - b.id);
        resolve({ answers: byId, code: child.exitCode, stderr });
      },
    );
    child.stdin?.end(lines.join(''));
  });
}

const call = (name: string, args: object) => ({
  method: 'tools/call',
  params: { name, arguments: args },
});
const text = (answer: Answer | undefined) => answer?.result.content.map((part) => part.text).join();

it('agentops mcp serves the tools of a suite until its input ends', async () => {
  const { answers, code, stderr } = await talk(
    ['shop.suite.yaml', '--task', 'many'],
    [
      { method: 'tools/list' },
      call('get_order', { order_id: '1042' }),
      call('get_order', { order_id: '1' }),
      call('count_orders', {}),
      call('get_weather', {}),
    ],
  );
  expect(stderr).toBe('');
  expect(code).toBe(0);
  expect(answers[0]?.result.tools.map(({ name }) => name)).toEqual(['get_order', 'count_orders']);
  expect(text(answers[1])).toBe('{"total":42.5}');
  expect(answers[2]?.result.isError).toBe(true);
  expect(text(answers[2])).toBe('No such order (not_found)');
  expect(text(answers[3])).toBe('7');
  expect(answers[4]?.error.message).toContain('get_weather');
});

it('agentops mcp ends with 2 where nothing says which tools', async () => {
  const { answers, code, stderr } = await talk([], []);
  expect(answers).toEqual([]);
  expect(code).toBe(2);
  expect(stderr).toContain('expected a suite');
});
