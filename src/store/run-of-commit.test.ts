import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { runOfCommit } from './run-of-commit.ts';
import { emptyBase, type SampleStored, writeStored } from './stored-runs.test-support.ts';

const wanted = 'c'.repeat(40);
const other = 'd'.repeat(40);
let base: string;
beforeEach(() => {
  base = emptyBase();
});

const write = (id: string, commit: string | null, dirty: boolean | null, more?: SampleStored) =>
  writeStored(base, id, { git: { commit, branch: 'main', dirty }, ...more });
const found = async (commit = wanted) => {
  const run = await runOfCommit(base, commit);
  return run && [run.id, run.dirty];
};

describe('runOfCommit()', () => {
  it('finds none where no run is of that commit', async () => {
    write('1', other, false);
    write('2', null, null);
    expect(await found()).toBeNull();
  });

  it('takes the newest of a clean work tree, however many dirty ones are newer', async () => {
    write('1', wanted, false);
    write('2', wanted, false);
    write('3', wanted, true);
    write('4', other, false);
    expect(await found()).toEqual(['2', false]);
  });

  it('takes the newest dirty one where none was clean', async () => {
    write('1', wanted, true);
    write('2', wanted, null);
    expect(await found()).toEqual(['2', true]);
  });

  it('passes over runs that did not end, were interrupted or cannot be read', async () => {
    write('1', wanted, false);
    write('2', wanted, false, { status: null });
    write('3', wanted, false, { status: 'interrupted' });
    writeFileSync(path.join(write('4', wanted, false), 'plan.json'), '{');
    expect(await found()).toEqual(['1', false]);
  });
});
