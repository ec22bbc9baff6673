import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { askMcpServer, wordsOf } from './ask-mcp-server.ts';

const head = `
import { createInterface } from 'node:readline';
const say = (message) => process.stdout.write(JSON.stringify({ jsonrpc: '2.0', ...message }) + '\\n');
const hello = { protocolVersion: '2025-06-18', capabilities: {}, serverInfo: { name: 'x', version: '1' } };
const take = (handle) => createInterface({ input: process.stdin }).on('line', (line) => handle(JSON.parse(line)));
`;

/** The command that starts a server whose code is the text. */
function server(code: string): string {
  const file = path.join(mkdtempSync(path.join(tmpdir(), 'mcp server-')), 'server.mjs');
  writeFileSync(file, head + code);
  return `'${process.execPath}' '${file}'`;
}

describe('askMcpServer()', () => {
  it('gathers the pages of a list, answers pings, and passes over what is no message', async () => {
    const command = server(`
      process.stdout.write('starting\\n');
      take(({ id, method, params, result }) => {
        if (method === 'initialize') say({ id, result: hello });
        if (method === 'tools/list' && !params.cursor) {
          say({ id: 'p', method: 'ping' });
          say({ id, result: { tools: [{ name: 'a' }], nextCursor: 'b' } });
        }
        if (method === 'tools/list' && params.cursor) say({ id, result: { tools: [{ name: 'b' }] } });
      });
    `);
    expect(await askMcpServer(command)).toEqual([{ name: 'a' }, { name: 'b' }]);
  });

  it.each<[string, string, string]>([
    ['ends', 'console.error("no key"); process.exit(3);', 'it ended too early\nno key'],
    [
      'refuses',
      "take(({ id }) => say({ id, error: { code: 1, message: 'Not today' } }));",
      'Not today',
    ],
    ['has no tools', 'take(({ id }) => say({ id, result: {} }));', 'its answer holds no tools'],
    [
      'answers with something else',
      'take(({ id }) => say({ id, result: 7 }));',
      'it answers nothing',
    ],
    [
      'never ends its list',
      "take(({ id }) => say({ id, result: { tools: [], nextCursor: 'x' } }));",
      'more than 100 pages',
    ],
    [
      'floods',
      "const text = 'x'.repeat(1e6) + '\\n'; const flood = () => process.stdout.write(text, flood); flood();",
      'it ended too early',
    ],
  ])('tells of a server that %s', async (_what, code, words) => {
    await expect(askMcpServer(server(code))).rejects.toMatchObject({
      code: 'input_fault',
      message: expect.stringContaining(words),
    });
  });

  it('ends a server that never answers', async () => {
    const command = server('setInterval(() => {}, 1000);');
    await expect(askMcpServer(command, 300)).rejects.toThrow('it did not answer within 0.3 s');
  });

  it('tells of a program that is not there', async () => {
    await expect(askMcpServer('no-such-program-of-ours')).rejects.toThrow(
      'there is no such program',
    );
    await expect(askMcpServer(' ')).rejects.toMatchObject({ code: 'usage' });
  });
});

describe('wordsOf()', () => {
  it.each<[string, string[]]>([
    ['npx -y server', ['npx', '-y', 'server']],
    [`'my program' "a b" c'd e'`, ['my program', 'a b', 'cd e']],
    ['a $(b) ; c', ['a', '$(b)', ';', 'c']],
    ['', []],
  ])('parts %j', (command, words) => {
    expect(wordsOf(command)).toEqual(words);
  });
});
