import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { call, trajectoryOf } from '../match/trajectory.test-support.ts';
import type { Tool } from '../model/tool.ts';
import { ask, hostOfTools } from './hosted.test-support.ts';

async function hostOfLines(lines: readonly (object | string)[], ...tools: string[]) {
  const folder = await mkdtemp(path.join(tmpdir(), 'recording-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  const file = path.join(folder, 'r.jsonl');
  const texts = lines.map((line) => (typeof line === 'string' ? line : JSON.stringify(line)));
  await writeFile(file, texts.join('\n'));
  const mock = { kind: 'recording', file, written: './r.jsonl' } as const;
  const names = tools.length > 0 ? tools : ['search'];
  return hostOfTools(Object.fromEntries(names.map((name): [string, Tool] => [name, { mock }])));
}

const line = (args: unknown, more: object) => ({
  schema_version: 1,
  tool: 'search',
  args,
  ...more,
});

describe('a recording of a tool', () => {
  it('answers by canonical arguments and number of the call', async () => {
    const host = await hostOfLines([
      line({ a: 1, b: 2 }, { nth: 1, result: ['first'] }),
      line({ b: 2.0, a: 1 }, { nth: 2, error: { code: 'gone', message: 'Gone', at: 1 } }),
      line({ a: 2 }, { result: 'only' }),
    ]);
    const trial = host.start({});
    expect(await ask(trial, 'search', { b: 2, a: 1 })).toEqual({ result: ['first'] });
    expect(await ask(trial, 'search', { a: 2 })).toEqual({ result: 'only' });
    expect(await ask(trial, 'search', { a: 1, b: 2 })).toEqual({
      error: { code: 'gone', message: 'Gone' },
    });
    expect(await ask(host.start({}), 'search', { a: 1, b: 2 })).toEqual({ result: ['first'] });
  });

  it('answers every time where it holds one answer, else no more often than it has', async () => {
    const host = await hostOfLines([
      line({ a: 1 }, { result: 1 }),
      line({ a: 2 }, { result: 1 }),
      line({ a: 2 }, { result: 2 }),
    ]);
    const trial = host.start({});
    for (let time = 0; time < 3; time++) {
      expect(await ask(trial, 'search', { a: 1 })).toEqual({ result: 1 });
    }
    await ask(trial, 'search', { a: 2 });
    await ask(trial, 'search', { a: 2 });
    await expect(ask(trial, 'search', { a: 2 })).rejects.toMatchObject({
      code: 'mock_fault',
      message:
        'Cannot answer search({"a":2}): this is call 3 with these arguments, and "./r.jsonl" holds only 1, 2',
    });
  });

  it('names the nearest arguments and the first difference', async () => {
    const host = await hostOfLines([
      line({ query: 'shoes', page: 1, sort: 'price' }, { result: 1 }),
      line({ query: 'shoes', page: 2, sort: 'name' }, { result: 2 }),
    ]);
    const asked = ask(host.start({}), 'search', { query: 'boots', page: 2, sort: 'name' });
    await expect(asked).rejects.toThrow(
      'Cannot answer search({"query":"boots","page":2,"sort":"name"}): "./r.jsonl" holds no such call; ' +
        'the nearest is search({"page":2,"query":"shoes","sort":"name"}): /query was "shoes", is "boots"',
    );
  });

  it('says when it holds none of the tool', async () => {
    const host = await hostOfLines([line({}, { result: 1 })], 'search', 'find');
    await expect(ask(host.start({}), 'find')).rejects.toThrow('"./r.jsonl" holds no call of it');
  });

  it('takes trajectories: answered calls, counted in each, the first that has one', async () => {
    const host = await hostOfLines(
      [
        trajectoryOf([
          call('search', { q: 1 }, { result: 'a1' }),
          call('search', { q: 2 }, { status: 'failed', error: { message: 'No' } }),
          call('search', { q: 3 }, { status: 'blocked' }),
          call('search', { q: 3 }, { status: 'unknown' }),
          call('search', { q: 4 }, { status: 'failed', error: { unknown: true } }),
          call('search', { q: 5 }, { actor: 'user' }),
          call('other', { q: 6 }),
        ]),
        trajectoryOf([
          call('search', { q: 1 }, { result: 'b1' }),
          call('search', { q: 1 }, { result: 'b2' }),
        ]),
      ],
      'search',
    );
    const trial = host.start({});
    expect(await ask(trial, 'search', { q: 1 })).toEqual({ result: 'a1' });
    expect(await ask(trial, 'search', { q: 1 })).toEqual({ result: 'b2' });
    expect(await ask(trial, 'search', { q: 2 })).toEqual({ error: { message: 'No' } });
    for (const q of [3, 4, 5, 6]) {
      await expect(ask(trial, 'search', { q })).rejects.toMatchObject({ code: 'mock_fault' });
    }
  });

  it('keeps names and arguments such as __proto__ apart', async () => {
    const args = JSON.parse('{ "__proto__": 1 }');
    const host = await hostOfLines(
      [`{"schema_version":1,"tool":"__proto__","args":{"__proto__":1},"result":{"__proto__":2}}`],
      '__proto__',
    );
    const answer = await ask(host.start({}), '__proto__', args);
    expect(JSON.stringify(answer)).toBe('{"result":{"__proto__":2}}');
    await expect(ask(host.start({}), '__proto__', {})).rejects.toThrow(
      '/__proto__ was 1, is nothing',
    );
  });

  it.each<[string, object | string, string]>([
    ['no JSON', '{', 'it is not JSON'],
    ['a list', '[]', 'it is no object'],
    ['no tool', { schema_version: 1, args: {}, result: 1 }, 'it has no "tool"'],
    ['no arguments', { schema_version: 1, tool: 'search', result: 1 }, 'it has no "args"'],
    ['no answer', line({}, {}), 'expected either a "result" or an "error"'],
    ['two answers', line({}, { result: 1, error: 'No' }), 'expected either'],
    ['a later version', line({}, { schema_version: 2, result: 1 }), 'its schema_version is 2'],
    [
      'a call twice',
      line({ a: 1 }, { nth: 1, result: 1 }),
      'call 1 of search({"a":1}) is recorded twice',
    ],
    ['a broken trajectory', { ...trajectoryOf([]), steps: [{ type: 'toolcall' }] }, 'steps.0'],
    [
      'a result without a call',
      { ...trajectoryOf([]), steps: [{ type: 'tool_result', id: 'x' }] },
      'Step 0 is a result with the id "x" that no call awaits',
    ],
  ])('is refused with its line when that has %s', async (_, broken, why) => {
    const lines = [line({ a: 1 }, { nth: 1, result: 1 }), '', broken];
    const host = hostOfLines(lines);
    await expect(host).rejects.toMatchObject({ code: 'input_fault' });
    await expect(host).rejects.toThrow('Cannot read "./r.jsonl" line 3: ');
    await expect(host).rejects.toThrow(why);
  });

  it('is refused when it is not there', async () => {
    const mock = { kind: 'recording', file: '/none/r.jsonl', written: './r.jsonl' } as const;
    await expect(hostOfTools({ search: { mock } })).rejects.toMatchObject({ code: 'input_fault' });
  });
});
