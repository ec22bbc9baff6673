import { existsSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { agentKinds } from '../agents/registry.ts';
import { judges } from '../judges/registry.ts';
import { loadSuites } from '../suite/load-suites.ts';
import { type ImportFault, importFiles } from './import-files.ts';
import { writeSuite } from './write-suite.ts';

let folder: string;
const at = (name: string) => path.join(folder, name);
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'suite-'));
});

const call = {
  id: 'c1',
  type: 'function',
  function: { name: 'get_order', arguments: '{"order_id":"#W01"}' },
};
const chat = (id: string) => ({
  id,
  messages: [
    { role: 'user', content: 'Where is #W01?' },
    { role: 'assistant', content: null, tool_calls: [call] },
    { role: 'tool', tool_call_id: 'c1', content: '{"status":"late"}' },
    { role: 'assistant', content: 'It is late' },
  ],
});

function source(name: string, ...lines: unknown[]): string {
  writeFileSync(at(name), lines.map((line) => JSON.stringify(line)).join('\n'));
  return at(name);
}

const faults: ImportFault[] = [];
const onFault = (fault: ImportFault) => faults.push(fault);

describe('writeSuite()', () => {
  it('writes the trajectories and, beside them, a suite that names them', async () => {
    faults.length = 0;
    const items = importFiles(
      [source('log.jsonl', chat('where'), 5, chat('where'), chat('again'))],
      { agent: 'live' },
    );
    expect(await writeSuite(items, { file: at('orders.suite.yaml'), onFault })).toEqual({
      file: at('orders.suite.yaml'),
      recording: at('orders.trajectories.jsonl'),
      tasks: 2,
      trajectories: 3,
    });
    expect(faults).toHaveLength(1);
    const suite = parse(readFileSync(at('orders.suite.yaml'), 'utf8'));
    expect(suite).toMatchObject({
      suite: 'orders',
      agents: { live: { replay: './orders.trajectories.jsonl' } },
    });
    expect(suite.tasks[0]).toMatchObject({
      id: 'where',
      expect: { calls: { in_order: [{ get_order: { order_id: '#W01' } }] } },
    });
    const lines = readFileSync(at('orders.trajectories.jsonl'), 'utf8').trimEnd().split('\n');
    expect(lines.map((line) => JSON.parse(line).trial)).toEqual([1, 2, 1]);
  });

  it('puts very many tasks into lines of their own', async () => {
    const chats = Array.from({ length: 1001 }, (_, index) => chat(`t${index}`));
    const items = importFiles([source('log.jsonl', ...chats)]);
    const { tasks } = await writeSuite(items, { file: at('orders.suite.yaml'), onFault });
    expect(tasks).toBe(1001);
    const suite = parse(readFileSync(at('orders.suite.yaml'), 'utf8'));
    expect(suite.tasks).toEqual({ from: './orders.tasks.jsonl' });
    const lines = readFileSync(at('orders.tasks.jsonl'), 'utf8').trimEnd().split('\n');
    expect(lines).toHaveLength(1001);
    expect(JSON.parse(lines[1000] ?? '')).toMatchObject({ id: 't1000', input: 'Where is #W01?' });
    expect(
      (await loadSuites([at('orders.suite.yaml')], { judges, agents: agentKinds })).faults,
    ).toEqual([]);
  });

  it('puts the recording where it is told to, and names it from the suite', async () => {
    const items = importFiles([source('log.jsonl', chat('where'))]);
    const recording = path.join(folder, '..', `${path.basename(folder)}.jsonl`);
    await writeSuite(items, { file: at('orders.yaml'), recording, onFault });
    expect(parse(readFileSync(at('orders.yaml'), 'utf8')).agents.recorded.replay).toBe(
      `../${path.basename(recording)}`,
    );
  });

  it('takes records of another suite over into this one', async () => {
    const own = {
      schema_version: 1,
      suite: 'old',
      task: 'x',
      agent: 'v1',
      trial: 1,
      steps: [],
      stop: 'completed',
    };
    await writeSuite(importFiles([source('own.jsonl', own)]), {
      file: at('fresh.suite.yaml'),
      onFault,
    });
    expect(JSON.parse(readFileSync(at('fresh.trajectories.jsonl'), 'utf8')).suite).toBe('fresh');
  });

  const saying = (more: object) => ({
    schema_version: 1,
    task: 'x',
    agent: 'v1',
    trial: 1,
    steps: [],
    stop: 'completed',
    ...more,
  });

  it('leaves out, with their place, records that a suite cannot hold', async () => {
    faults.length = 0;
    const called = (tool: string, trial = 1) =>
      saying({ task: 'called', trial, steps: [{ type: 'tool_call', tool, args: {} }] });
    const lines = [
      saying({ task: 'a\u001b[31m' }),
      saying({ agent: '' }),
      { ...called(''), task: 'never drawn' },
      called('', 1),
      saying({}),
      called('get_order', 2),
      { ...called('get_*'), task: 'wild' },
      saying({ attack: 'none' }),
      saying({ attack: 'a\u0007' }),
    ];
    const file = at('odd.suite.yaml');
    const items = importFiles([source('own.jsonl', ...lines)]);
    expect(await writeSuite(items, { file, onFault })).toMatchObject({ tasks: 2, trajectories: 3 });
    expect(faults.map(({ line, message }) => `${line} ${message.split(',')[0]}`)).toEqual([
      '1 Its task "a\\u001b[31m" cannot be in a suite',
      '2 Its agent "" cannot be in a suite',
      '8 Its attack "none" cannot be in a suite',
      '9 Its attack "a\\u0007" cannot be in a suite',
      '3 It calls a tool that a suite cannot name',
      '7 It calls a tool that a suite cannot name',
    ]);
    const written = readFileSync(at('odd.trajectories.jsonl'), 'utf8').trimEnd().split('\n');
    expect(written.map((line) => JSON.parse(line)).map(({ task, trial }) => [task, trial])).toEqual(
      [
        ['x', 1],
        ['called', 2],
        ['called', 1],
      ],
    );
    expect(parse(readFileSync(file, 'utf8')).agents).toHaveProperty('v1');
  });

  it('refuses tasks of one name from two suites, which would share their trials', async () => {
    const lines = [saying({ suite: 's' }), saying({ suite: 't' })];
    const items = importFiles([source('own.jsonl', ...lines)]);
    await expect(writeSuite(items, { file: at('a.suite.yaml'), onFault })).rejects.toThrow(
      'task "x" is recorded for "s" and "t", expected tasks of one suite',
    );
    expect(existsSync(at('a.suite.yaml'))).toBe(false);
  });

  it('keeps an old recording where the suite cannot be written', async () => {
    writeFileSync(at('old.jsonl'), 'old');
    const items = importFiles([source('log.jsonl', chat('where'))]);
    const written = writeSuite(items, { file: folder, recording: at('old.jsonl'), onFault });
    await expect(written).rejects.toMatchObject({ code: 'disk_fault' });
    expect(readFileSync(at('old.jsonl'), 'utf8')).toBe('old');
  });

  it('writes nothing when there is nothing to judge, or files of two formats', async () => {
    const own = {
      schema_version: 1,
      task: 'x',
      agent: 'v1',
      trial: 1,
      steps: [],
      stop: 'completed',
    };
    writeFileSync(at('a.suite.yaml'), 'old');
    for (const [files, code, words] of [
      [[source('bad.jsonl', { messages: [] })], 'input_fault', 'there are no trajectories'],
      [
        [source('log.jsonl', chat('where')), source('own.jsonl', own)],
        'usage',
        'Cannot write one suite from openai-chat and agentops: expected one format',
      ],
    ] as const) {
      const written = writeSuite(importFiles(files), { file: at('a.suite.yaml'), onFault });
      await expect(written).rejects.toMatchObject({
        code,
        message: expect.stringContaining(words),
      });
      expect(readFileSync(at('a.suite.yaml'), 'utf8')).toBe('old');
      expect(existsSync(at('a.trajectories.jsonl'))).toBe(false);
    }
  });
});
