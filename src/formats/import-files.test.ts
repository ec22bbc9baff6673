import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import {
  type ImportFault,
  type ImportItem,
  type ImportOptions,
  importFiles,
  trajectoryLines,
} from './import-files.ts';
import { formats } from './registry.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'import-'));
});

function fileOf(name: string, ...lines: unknown[]): string {
  const file = path.join(folder, name);
  writeFileSync(
    file,
    lines.map((line) => (typeof line === 'string' ? line : JSON.stringify(line))).join('\n'),
  );
  return file;
}

async function read(files: readonly string[], options?: ImportOptions): Promise<ImportItem[]> {
  const items = [];
  for await (const item of importFiles(files, options)) items.push(item);
  return items;
}

/** Task, agent and trial of trajectories, place and words of faults. */
const brief = (items: readonly ImportItem[]) =>
  items.map((item) =>
    'fault' in item
      ? `${path.basename(item.fault.file)}:${item.fault.line} ${item.fault.message}`
      : `${item.trajectory.task} ${item.trajectory.agent} ${item.trajectory.trial}`,
  );

const messages = [
  { role: 'user', content: 'My order is late' },
  { role: 'assistant', content: 'Refunded' },
];
const chat = (id: string) => ({ id, messages });
const own = (task: string, trial: number, more: { attack?: string; suite?: string } = {}) => ({
  schema_version: 1,
  task,
  agent: 'v1',
  trial,
  ...more,
  steps: [{ type: 'message', role: 'assistant', content: 'Done' }],
  stop: 'completed',
});

const formatKeys = formats.map(({ key }) => key).join(', ');

describe('importFiles()', () => {
  it('tells the format of each file from what it holds, whatever it is called', async () => {
    const files = [fileOf('a.txt', chat('refund')), fileOf('b.openai.json', own('cancel', 2))];
    const items = await read(files);
    expect(brief(items)).toEqual(['refund recorded 1', 'cancel v1 2']);
    expect(items.map((item) => 'format' in item && item.format.key)).toEqual([
      'openai-chat',
      'agentops',
    ]);
  });

  it('gives trials of one task numbers of their own, across files', async () => {
    const files = [
      fileOf('a.jsonl', chat('x'), chat('y'), chat('x')),
      fileOf('b.jsonl', chat('x')),
    ];
    expect(brief(await read(files))).toEqual([
      ...['x recorded 1', 'y recorded 1', 'x recorded 2', 'x recorded 3'],
    ]);
  });

  it('keeps the number that a record brings, in each suite and under each attack', async () => {
    const lines = [
      own('a', 1, { suite: 's' }),
      own('a', 1, { suite: 't' }),
      own('a', 2, { suite: 's' }),
      own('a', 1, { suite: 's', attack: 'leak' }),
      { ...chat('b'), trial: 7 },
      chat('b'),
    ];
    const files = [fileOf('own.jsonl', ...lines.slice(0, 4)), fileOf('b.jsonl', ...lines.slice(4))];
    const items = await read(files);
    expect(
      items.map((item) =>
        'fault' in item ? item : [item.trajectory.suite, item.trajectory.trial],
      ),
    ).toEqual([
      ['s', 1],
      ['t', 1],
      ['s', 2],
      ['s', 1],
      [undefined, 7],
      [undefined, 1],
    ]);
  });

  it('finds fault with a trial that was read before, and says where', async () => {
    const episode = { task_id: 3, trial: 0, reward: 1, info: {}, traj: messages };
    const files = [
      fileOf('a.jsonl', own('z', 2), own('z', 1), own('z', 2)),
      fileOf('b.jsonl', own('z', 1), { ...own('z', 1), attack: null }, own('z', 3)),
      fileOf('c.jsonl', episode, episode, { ...episode, trial: null }),
      fileOf('d.json', [{ ...episode, trial: 4 }, 5, { ...episode, trial: 4 }]),
    ];
    const first = path.join(folder, 'a.jsonl');
    expect(brief(await read(files))).toEqual([
      ...['z v1 2', 'z v1 1'],
      'a.jsonl:3 It is trial 2 of task "z" again, after line 1: expected each trial once',
      `b.jsonl:1 It is trial 1 of task "z" again, after line 2 of ${first}: expected each trial once`,
      `b.jsonl:2 It is trial 1 of task "z" again, after line 2 of ${first}: expected each trial once`,
      ...['z v1 3', '3 recorded 1'],
      'c.jsonl:2 It is trial 1 of task "3" again, after line 1: expected each trial once',
      ...['3 recorded 2', '3 recorded 5'],
      'd.json:1 Record 2: It is 5, expected an object',
      'd.json:1 Record 3: It is trial 5 of task "3" again, after record 1: expected each trial once',
    ]);
  });

  it('writes what it reads as a line', async () => {
    const [item] = await read([fileOf('a.jsonl', chat('x'))], { agent: 'live', task: 't' });
    if (item === undefined || 'fault' in item) throw new Error('a trajectory was expected');
    expect(JSON.parse(item.line)).toEqual(item.trajectory);
    expect(item.trajectory).toMatchObject({
      agent: 'live',
      task: 't',
      source: { file: 'a.jsonl', index: 0 },
    });
    expect(item.origin).toEqual(chat('x'));
  });

  it('names the place of what cannot be read, and reads on', async () => {
    const lines = [chat('x'), '{"id": "y", "mess', 'null', chat('z')];
    expect(brief(await read([fileOf('a.jsonl', ...lines)]))).toEqual([
      'x recorded 1',
      expect.stringMatching(/^a\.jsonl:2 It is not valid JSON/),
      'a.jsonl:3 It is null, expected an object with messages',
      'z recorded 1',
    ]);
  });

  it('never passes over a file without a word', async () => {
    expect(brief(await read([fileOf('a.jsonl', '  ')]))).toEqual([
      'a.jsonl:1 The file holds no record',
    ]);
    expect(brief(await read([fileOf('b.json', '[]')]))).toEqual([
      expect.stringContaining('b.json:1 Cannot tell the format'),
    ]);
    expect(brief(await read([fileOf('c.json', '', '{"spans": []}')]))).toEqual([
      `c.json:2 Cannot tell the format, expected one of ${formatKeys}, inspect-approval: name it with --from`,
    ]);
    expect(brief(await read([fileOf('d.txt', 'hello', 'world')]))).toEqual([
      expect.stringMatching(/^d\.txt:1 Cannot tell the format.* It is not valid JSON/),
    ]);
  });

  it('reads a file as the format that is named', async () => {
    const file = fileOf('a.jsonl', { schema_version: 1, task: 'x' }, chat('y'));
    expect(brief(await read([file], { from: 'agentops' }))).toEqual([
      'a.jsonl:1 It has no "agent"',
      'a.jsonl:2 It has no "schema_version", expected 1',
    ]);
    await expect(read([file], { from: 'openai' })).rejects.toMatchObject({
      code: 'usage',
      message: `Cannot import --from "openai": known are ${formatKeys}, inspect-approval`,
    });
  });

  it('names a file that cannot be opened', async () => {
    await expect(read([path.join(folder, 'none')])).rejects.toMatchObject({ code: 'input_fault' });
  });

  it('says that a record is nested too deeply to be written', async () => {
    const deep = `{"a":${'['.repeat(50_000)}${']'.repeat(50_000)}}`;
    const call = `{"messages":[{"role":"assistant","tool_calls":[{"id":"1","function":{"name":"f","arguments":${deep}}}]}]}`;
    expect(brief(await read([fileOf('a.jsonl', call, chat('x'))]))).toEqual([
      'a.jsonl:1 It is nested too deeply, or too long, to be written',
      'x recorded 1',
    ]);
  });

  it('keeps the end of a file that is long', async () => {
    const file = fileOf('a.jsonl', ...Array.from({ length: 50 }, (_, index) => chat(`t${index}`)));
    expect(brief(await read([file])).at(-1)).toBe('t49 recorded 1');
  });
});

describe('trajectoryLines()', () => {
  it('gives the lines and tells of the faults', async () => {
    const faults: ImportFault[] = [];
    const file = fileOf('a.jsonl', chat('x'), '5');
    let text = '';
    for await (const line of trajectoryLines(importFiles([file]), (fault) => faults.push(fault)))
      text += line;
    expect(text.endsWith('}\n')).toBe(true);
    expect(JSON.parse(text).task).toBe('x');
    expect(faults).toEqual([
      { file, line: 2, message: 'It is 5, expected an object with messages' },
    ]);
    expect(readFileSync(file, 'utf8')).toContain('messages');
  });
});
