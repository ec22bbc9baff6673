import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { emptyBase, sampleRow, writeStored } from './stored-runs.test-support.ts';
import { summaryRows } from './summary-rows.ts';

let dir: string;
const tasks = ['a', 'b "quoted" ,"rows":[', '__proto__', 'ü'];
const write = (names: readonly string[]) =>
  writeStored(emptyBase(), 'one', { rows: names.map((task) => sampleRow({ task })) });
beforeEach(() => {
  dir = write(tasks);
});

async function tasksIn(folder: string, wants: (task: string) => boolean = () => true) {
  const found: (string | null)[] = [];
  for await (const { task } of summaryRows(folder, wants)) found.push(task);
  return found;
}

const rewrite = (change: (text: string) => string) => {
  const file = path.join(dir, 'run.json');
  writeFileSync(file, change(readFileSync(file, 'utf8')));
};

describe('summaryRows()', () => {
  it('reads the rows in their order, and nothing that follows them', async () => {
    expect(await tasksIn(dir)).toEqual(tasks);
    expect(await tasksIn(dir, (task) => task === 'a')).toEqual(['a']);
  });

  it('reads a summary without rows, without a last line break, and one laid out otherwise', async () => {
    expect(await tasksIn(write([]))).toEqual([]);
    rewrite((text) => text.trimEnd());
    expect(await tasksIn(dir)).toEqual(tasks);
    rewrite((text) => JSON.stringify(JSON.parse(text), null, 2));
    expect(await tasksIn(dir)).toEqual(tasks);
  });

  it('finds no rows where the run did not finish', async () => {
    expect(await tasksIn(writeStored(emptyBase(), 'one', { status: null }))).toEqual([]);
  });

  it.each([
    ['ends inside them', (text: string) => text.slice(0, text.indexOf('__proto__'))],
    [
      'has one that is no row',
      (text: string) => text.replace('"status":"pass","trials"', '"x":1,"trials"'),
    ],
    ['has one that is no JSON', (text: string) => text.replace('"score":1,', '"score":,')],
  ])('refuses a summary that %s', async (_, change) => {
    rewrite(change);
    await expect(tasksIn(dir)).rejects.toThrow(/^Cannot read (a row of )?"/);
  });
});
