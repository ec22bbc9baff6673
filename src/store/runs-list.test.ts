import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { listRunIds, pruneRuns, resolveRun } from './runs-list.ts';

const ids = [
  '20261120-100000-000-aaaaaa',
  '20261121-100000-000-bbbbbb',
  '20261121-100000-001-cccccc',
];
const noon = Date.UTC(2026, 10, 22, 12);
let base: string;

function makeRun(id: string, finished = true): string {
  const dir = path.join(base, 'runs', id);
  mkdirSync(dir, { recursive: true });
  for (const name of ['plan.json', 'trials.jsonl', ...(finished ? ['run.json'] : [])]) {
    writeFileSync(path.join(dir, name), '{}');
    utimesSync(path.join(dir, name), noon / 1000, noon / 1000);
  }
  return dir;
}

beforeEach(() => {
  base = mkdtempSync(path.join(tmpdir(), 'list-'));
  for (const id of [ids[1], ids[0], ids[2]]) makeRun(id as string);
  mkdirSync(path.join(base, 'runs', '20270101-notes'));
  writeFileSync(path.join(base, 'runs', '20270101-notes', 'mine.txt'), 'keep');
  writeFileSync(path.join(base, 'runs', 'zz'), '');
});

const runAt = (id: string) => path.join(base, 'runs', id);

describe('listRunIds()', () => {
  it('lists folders that hold a plan, oldest first', async () => {
    expect(await listRunIds(base)).toEqual(ids);
    expect(await listRunIds(path.join(base, 'none'))).toEqual([]);
  });
});

describe('resolveRun()', () => {
  it('takes latest, an id, its unique beginning, and paths', async () => {
    const [first = '', second = '', third = ''] = ids;
    expect(await resolveRun('latest', base)).toBe(runAt(third));
    expect(await resolveRun(second, base)).toBe(runAt(second));
    expect(await resolveRun('20261120', base)).toBe(runAt(first));
    expect(await resolveRun(runAt(first), '/none')).toBe(runAt(first));
    expect(await resolveRun(base, '/none')).toBe(runAt(third));
    expect(await resolveRun(path.join(base, 'runs'), '/none')).toBe(runAt(third));
  });

  it.each([
    ['20261121', `Cannot find the run "20261121": it may be ${ids[2]}, ${ids[1]}`],
    ['lastest', 'did you mean "latest"?'],
    ['20261120-100000-000-aaaaab', `did you mean "${ids[0]}"?`],
    ['nightly', `there is no such folder either, expected latest or one of ${ids[2]}`],
    ['', 'expected latest or one of'],
  ])('refuses %j with what is near', async (reference, message) => {
    await expect(resolveRun(reference, base)).rejects.toMatchObject({
      code: 'usage',
      message: expect.stringContaining(message),
    });
  });

  it('says that there are none', async () => {
    await expect(resolveRun('latest', '/none')).rejects.toThrow('"/none" holds none');
    await expect(resolveRun('x1', '/none')).rejects.toThrow(
      'there are no runs, and no such folder',
    );
  });
});

describe('pruneRuns()', () => {
  const now = () => noon + 60_000;

  it('removes all but the newest, and nothing that is no run', async () => {
    symlinkSync(base, path.join(runAt(ids[0] as string), 'link'));
    expect(await pruneRuns(base, { keep: 1, now })).toEqual([ids[1], ids[0]]);
    expect(await listRunIds(base)).toEqual([ids[2]]);
    expect(existsSync(runAt(ids[0] as string))).toBe(false);
    expect(existsSync(path.join(runAt('20270101-notes'), 'mine.txt'))).toBe(true);
    expect(existsSync(runAt('zz'))).toBe(true);
  });

  it('leaves a run that may be under way, unless forced', async () => {
    const young = '20261119-100000-000-dddddd';
    makeRun(young, false);
    expect(await pruneRuns(base, { keep: 3, now })).toEqual([]);
    expect(await pruneRuns(base, { keep: 3, now, force: true })).toEqual([young]);
    makeRun(young, false);
    expect(await pruneRuns(base, { keep: 3, now: () => noon + 25 * 3600_000 })).toEqual([young]);
  });
});
