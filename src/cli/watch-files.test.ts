import { mkdtemp, realpath, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { watchFiles } from './watch-files.ts';

/** Folders whose changes the test tells, and a clock that it turns. */
function watched({ broken = [] as string[] } = {}) {
  let now = 0;
  const timers = new Set<{ at: number; run: () => void }>();
  const open = new Map<string, { heard: (name: string | null) => void; failed: () => void }>();
  const log: string[] = [];
  const ids = new Map<string, string>();
  const files = watchFiles({
    quietMs: 100,
    after: (ms, run) => {
      const timer = { at: now + ms, run };
      timers.add(timer);
      return () => timers.delete(timer);
    },
    unwatched: (folder) => log.push(`unwatched ${folder}`),
    system: {
      watch: (folder, heard, failed) => {
        if (broken.includes(folder)) throw new Error('ENOSPC');
        log.push(`open ${folder}`);
        open.set(folder, { heard, failed: () => failed(new Error('EPERM')) });
        return {
          close: () => {
            log.push(`close ${folder}`);
            open.delete(folder);
          },
        };
      },
      idOf: (folder) => ids.get(folder) ?? 'first',
    },
  });
  const pass = async (ms: number): Promise<void> => {
    for (now += ms; ; ) {
      const due = [...timers].filter(({ at }) => at <= now);
      if (due.length === 0) break;
      for (const timer of due) {
        timers.delete(timer);
        timer.run();
      }
    }
    await Promise.resolve();
  };
  return { files, log, open, ids, timers, pass };
}

/** What `next` has given so far. */
function given(next: Promise<ReadonlySet<string>>): { paths: string[] | null } {
  const got: { paths: string[] | null } = { paths: null };
  void next.then((paths) => {
    got.paths = [...paths];
  });
  return got;
}

describe('watchFiles() tells', () => {
  test('all that changed once it was quiet for a while', async () => {
    const { files, open, pass } = watched();
    files.set(['/p/suites', '/p/tools']);
    const got = given(files.next());
    open.get('/p/suites')?.heard('a.suite.yaml');
    await pass(99);
    open.get('/p/tools')?.heard('shop.tools.yaml');
    await pass(99);
    expect(got.paths).toBeNull();
    expect(files.isUnsettled()).toBe(true);
    await pass(1);
    expect(got.paths).toEqual(['/p/suites/a.suite.yaml', '/p/tools/shop.tools.yaml']);
    expect(files.isUnsettled()).toBe(false);
  });

  test('what changed before it was asked for', async () => {
    const { files, open, pass } = watched();
    files.set(['/p']);
    open.get('/p')?.heard('a');
    await pass(100);
    expect(files.isUnsettled()).toBe(true);
    expect(await files.next()).toEqual(new Set(['/p/a']));
  });

  test('after ten times as long where it is never quiet', async () => {
    const { files, open, pass } = watched();
    files.set(['/p']);
    const got = given(files.next());
    for (let at = 0; at < 19; at++) {
      open.get('/p')?.heard('log');
      await pass(50);
    }
    expect(got.paths).toBeNull();
    open.get('/p')?.heard('log');
    await pass(50);
    expect(got.paths).toEqual(['/p/log']);
  });

  test('the folder where the name is not known', async () => {
    const { files, open, pass } = watched();
    files.set(['/p']);
    open.get('/p')?.heard(null);
    await pass(100);
    expect(await files.next()).toEqual(new Set(['/p']));
  });

  test.each(['node_modules', '.git', '.agentops'])('nothing of %s', (name) => {
    const { files, open } = watched();
    files.set(['/p']);
    open.get('/p')?.heard(name);
    expect(files.isUnsettled()).toBe(false);
  });

  test('nothing, at once, when it is closed, and leaves no timer and no folder behind', async () => {
    const { files, open, pass, timers } = watched();
    files.set(['/p', '/q']);
    open.get('/p')?.heard('a');
    const got = given(files.next());
    files.close();
    await pass(0);
    expect(got.paths).toEqual([]);
    expect(await files.next()).toEqual(new Set());
    expect([timers.size, open.size]).toEqual([0, 0]);
  });
});

describe('watchFiles() watches', () => {
  test('the folders that were set last, each once', () => {
    const { files, log } = watched();
    expect(files.set(['/p', '/q'])).toBe(true);
    expect(files.set(['/q', '/p'])).toBe(false);
    expect(files.set(['/q', '/r'])).toBe(true);
    expect(log).toEqual(['open /p', 'open /q', 'close /p', 'open /r']);
  });

  test('a folder anew that was put in the place of another', () => {
    const { files, log, ids } = watched();
    files.set(['/p']);
    ids.set('/p', 'second');
    expect(files.set(['/p'])).toBe(true);
    expect(log).toEqual(['open /p', 'close /p', 'open /p']);
  });

  test('a folder anew that told its own end, even if the next one looks the same', () => {
    const { files, log, open } = watched();
    files.set(['/w/p']);
    open.get('/w/p')?.heard('p');
    expect(files.set(['/w/p'])).toBe(true);
    expect(files.set(['/w/p'])).toBe(false);
    expect(log).toEqual(['open /w/p', 'close /w/p', 'open /w/p']);
  });

  test('the others where one cannot be watched, and says so once', () => {
    const { files, log, open } = watched({ broken: ['/p'] });
    expect(files.set(['/p', '/q'])).toBe(true);
    expect(files.set(['/p', '/q'])).toBe(false);
    open.get('/q')?.failed();
    expect(log).toEqual(['unwatched /p', 'open /q', 'close /q', 'unwatched /q']);
  });
});

test('watchFiles() sees a file on disk that is saved by renaming another over it', async () => {
  const folder = await realpath(await mkdtemp(path.join(tmpdir(), 'watch-')));
  const file = path.join(folder, 'shop.tools.yaml');
  await writeFile(file, 'a: {}\n');
  const files = watchFiles({ quietMs: 0 });
  onTestFinished(async () => {
    files.close();
    await rm(folder, { recursive: true });
  });
  files.set([folder]);
  await writeFile(path.join(folder, '4913'), 'b: {}\n');
  await rename(path.join(folder, '4913'), file);
  const seen = new Set<string>();
  while (!seen.has(file)) for (const one of await files.next()) seen.add(one);
  expect(seen).toContain(file);
});
