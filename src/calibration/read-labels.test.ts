import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { labelsDigest } from './labels-digest.ts';
import { readLabels } from './read-labels.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'labels-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

function written(name: string, content: string | Uint8Array): string {
  const file = path.join(folder, name);
  writeFileSync(file, content);
  return file;
}

const line = (more: object) =>
  JSON.stringify({ schema_version: 1, task: 'a', agent: 'bot', trial: 1, label: 'pass', ...more });

it('readLabels() reads lines, tells which are broken, and reads the rest', async () => {
  const file = written(
    'x.labels.jsonl',
    [
      line({ by: 'ann' }),
      '',
      '{',
      line({ trial: 0 }),
      line({ label: true }),
      line({ task: '__proto__' }),
      '{"torn',
    ].join('\n'),
  );
  const { labels, faults } = await readLabels([file, file]);
  expect(labels.map(({ task, by, line: at }) => [task, by, at])).toEqual([
    ['a', 'ann', 1],
    ['__proto__', undefined, 6],
  ]);
  expect(faults.map(({ line: at, message }) => [at, message.split(':')[0]])).toEqual([
    [3, 'The line is not JSON'],
    [4, 'The line is no label at "trial"'],
    [5, 'The line is no label at "label"'],
  ]);
});

it('readLabels() reads labels of trajectories: of the trial, and of judges by name', async () => {
  const trajectory = (labels: unknown) =>
    JSON.stringify({
      schema_version: 1,
      task: 'a',
      agent: 'bot',
      trial: 2,
      steps: [],
      stop: null,
      labels,
    });
  const file = written(
    'x.trajectories.jsonl',
    `${[
      trajectory({ human: 'fail', polite: 4, reward: { value: 1 }, success: true }),
      trajectory(null),
      '[]',
    ].join('\n')}\n`,
  );
  const { labels, faults } = await readLabels([file]);
  expect(labels).toEqual([
    { task: 'a', agent: 'bot', trial: 2, attack: null, label: 'fail', file, line: 1 },
    { task: 'a', agent: 'bot', trial: 2, attack: null, label: 4, judge: 'polite', file, line: 1 },
  ]);
  expect(faults.map(({ line: at }) => at)).toEqual([3]);
});

it('readLabels() reads a table, its rows as far as they are sound', async () => {
  const file = written(
    'x.CSV',
    [
      'Task,label,trial,judge,step,team,agent',
      'a,pass,,,,x,',
      'b,4.5,3,polite,,x,bot',
      ',pass',
      'c,',
      'd,fail,0',
      'e,fail,1,needed,two',
      'f,fail,1,needed,2,,,,more',
      'g,"un"sure',
      'h,1',
    ].join('\n'),
  );
  const { labels, faults, notes } = await readLabels([file]);
  expect(labels).toEqual([
    { task: 'a', agent: null, attack: null, trial: 1, label: 'pass', file, line: 2 },
    { task: 'b', agent: 'bot', attack: null, trial: 3, label: 4.5, judge: 'polite', file, line: 3 },
    {
      task: 'f',
      agent: null,
      attack: null,
      trial: 1,
      label: 'fail',
      judge: 'needed',
      step: 2,
      file,
      line: 8,
    },
    { task: 'h', agent: null, attack: null, trial: 1, label: 1, file, line: 10 },
  ]);
  expect(faults.map(({ line: at, message }) => `${at}: ${message}`)).toEqual([
    '4: The row names no task',
    '6: The row has trial "0", expected a number from 1',
    '7: The row has step "two", expected a number from 0',
    '9: The row has text behind a closing quote',
  ]);
  expect(notes).toEqual([
    `"${file}" has columns that are not read: "team"`,
    `"${file}": rows without a label: 1`,
  ]);
});

it.each([
  ['', 'The table is empty, expected columns task and label'],
  ['name,verdict\na,pass\n', 'The table has no column task and none label'],
  ['task;label\na;pass\n', 'The table has no column task and none label'],
])('readLabels() refuses the table %j', async (text, words) => {
  const { labels, faults } = await readLabels([written('x.csv', text)]);
  expect(labels).toEqual([]);
  expect(faults.map(({ message }) => message)).toEqual([words]);
});

it('readLabels() refuses a table that is not UTF-8', async () => {
  const { faults } = await readLabels([written('x.csv', new Uint8Array([0x74, 0xff, 0x0a]))]);
  expect(faults.map(({ message }) => message)).toEqual(['The table is not UTF-8']);
});

it.each(['x.csv', 'x.labels.jsonl', 'x.trajectories.jsonl'])(
  'readLabels() rejects where %s is not there',
  async (name) => {
    await expect(readLabels([path.join(folder, name)])).rejects.toThrow(
      /Cannot read .*no such file/,
    );
  },
);

it('labelsDigest() goes by what labels say, not by how they are written', async () => {
  const digestOf = async (name: string, text: string) =>
    labelsDigest((await readLabels([written(name, text)])).labels);
  const one = line({ attack: null, note: 'first' });
  const two = line({ task: 'b', label: 'fail' });
  const digest = await digestOf('a.labels.jsonl', `${one}\n${two}\n`);
  expect(await digestOf('b.labels.jsonl', `${two}\n\n${line({ right: [1] })}\n`)).toBe(digest);
  expect(await digestOf('c.csv', 'label,agent,task\nfail,bot,b\npass,bot,a\n')).toBe(digest);
  expect(await digestOf('d.csv', 'label,agent,task\nfail,bot,b\nfail,bot,a\n')).not.toBe(digest);
});
