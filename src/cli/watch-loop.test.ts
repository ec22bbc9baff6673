import { describe, expect, test } from 'vitest';
import { watchLoop } from './watch-loop.ts';

interface Made {
  files: string[];
  written?: string[];
  sound?: boolean;
}

/** A project in memory: stamps by file, and what its suites are made of. */
function project(suites: Record<string, Made>, { records = false } = {}) {
  const disk = new Map<string, number>();
  const made = new Map(Object.entries(suites));
  for (const [suite, { files }] of made) for (const one of [suite, ...files]) disk.set(one, 1);
  const log: string[] = [];
  const abort = new AbortController();
  const queue: (() => void)[] = [];
  let closed = false;
  /** What happens during the runs to come, one by one. */
  const during: (() => void)[] = [];
  const step = () => {
    const next = queue.shift();
    if (next) next();
    else abort.abort();
  };
  const find = async () => [...made.keys()].filter((suite) => disk.has(suite)).sort();
  const done = watchLoop({
    find,
    look: async (files) =>
      new Map(
        files.map((suite) => {
          const { files: parts, written = [], sound = true } = made.get(suite)!;
          const all = new Set([suite, ...parts]);
          return [suite, { name: suite, sound, files: all, written: new Set(written) }];
        }),
      ),
    stampOf: async (file) => String(disk.get(file) ?? ''),
    foldersOf: async () => [],
    run: async (changes) => {
      if (!changes) log.push('run all');
      else {
        const { changed, added, removed } = changes;
        const told = [...changed.keys(), ...added.map((one) => `+${one}`)];
        log.push(`${[...told, ...removed.map((one) => `-${one}`)]} > ${changes.suites}`);
      }
      during.shift()?.();
    },
    // The next thing happens once all is up to date, then the watcher wakes up
    waits: async () => void log.push('waits'),
    watcher: {
      set: () => false,
      isUnsettled: () => false,
      next: () => {
        if (!closed) step();
        return Promise.resolve(new Set<string>());
      },
      close: () => {
        closed = true;
      },
    },
    records,
    signal: abort.signal,
  });
  const touch = (file: string) => disk.set(file, (disk.get(file) ?? 0) + 1);
  return { done, log, queue, during, disk, made, touch, abort };
}

const two = {
  'a.suite': { files: ['tools', 'a.mjs'] },
  'b.suite': { files: ['tools'] },
};

describe('watchLoop()', () => {
  test('runs all, then what a change touches, and waits in between', async () => {
    const { done, log, queue, touch } = project(two);
    queue.push(
      () => touch('a.mjs'),
      () => touch('tools'),
      () => touch('b.suite'),
    );
    await done;
    expect(log).toEqual([
      'run all',
      'waits',
      'a.mjs > a.suite',
      'waits',
      'tools > a.suite,b.suite',
      'waits',
      'b.suite > b.suite',
      'waits',
    ]);
  });

  test('runs nothing for files that no suite is made of, and for a stamp that is the same', async () => {
    const { done, log, queue, touch } = project(two);
    queue.push(
      () => touch('notes.md'),
      () => undefined,
    );
    await done;
    expect(log).toEqual(['run all', 'waits']);
  });

  test('runs once after a run for all that changed while it went on', async () => {
    const { done, log, during, touch } = project(two);
    during.push(() => {
      touch('a.mjs');
      touch('tools');
      touch('a.mjs');
    });
    await done;
    expect(log).toEqual(['run all', 'tools,a.mjs > a.suite,b.suite', 'waits']);
  });

  test('runs suites that come and drops those that go', async () => {
    const { done, log, queue, disk, made, touch } = project(two);
    queue.push(
      () => {
        made.set('c.suite', { files: ['c.mjs'] });
        disk.set('c.suite', 1);
      },
      () => touch('c.mjs'),
      () => disk.delete('c.suite'),
      () => touch('c.mjs'),
      () => disk.set('c.suite', 2),
    );
    await done;
    expect(log.filter((line) => line !== 'waits')).toEqual([
      'run all',
      '+c.suite > c.suite',
      'c.mjs > c.suite',
      '-c.suite > ',
      '+c.suite > c.suite',
    ]);
  });

  test('sees a file come that a suite names and that was not there', async () => {
    const { done, log, queue, disk } = project(two);
    disk.delete('tools');
    queue.push(() => disk.set('tools', 7));
    await done;
    expect(log).toContain('tools > a.suite,b.suite');
  });

  test('keeps what a suite was made of while it is at fault, and forgets it after', async () => {
    const { done, log, queue, made, touch } = project({ 'a.suite': { files: ['a.mjs'] } });
    queue.push(
      () => {
        made.set('a.suite', { files: [], sound: false });
        touch('a.suite');
      },
      () => touch('a.mjs'),
      () => {
        made.set('a.suite', { files: [] });
        touch('a.suite');
      },
      () => touch('a.mjs'),
    );
    await done;
    expect(log.filter((line) => line !== 'waits')).toEqual([
      'run all',
      'a.suite > a.suite',
      'a.mjs > a.suite',
      'a.suite > a.suite',
    ]);
  });

  const recorded = { 'a.suite': { files: ['r.jsonl'], written: ['r.jsonl'] } };

  test('takes what a run that records has written for no change, but a later edit for one', async () => {
    const { done, log, during, queue, touch } = project(recorded, { records: true });
    during.push(
      () => touch('r.jsonl'),
      () => touch('r.jsonl'),
    );
    queue.push(() => touch('r.jsonl'));
    await done;
    expect(log).toEqual(['run all', 'waits', 'r.jsonl > a.suite', 'waits']);
  });

  test('takes a recording that changes during a run that does not record for a change', async () => {
    const { done, log, during, touch } = project(recorded);
    during.push(() => touch('r.jsonl'));
    await done;
    expect(log).toEqual(['run all', 'r.jsonl > a.suite', 'waits']);
  });

  test('ends after the run that goes on when it is interrupted', async () => {
    const { done, log, during, touch, abort } = project(two);
    during.push(() => {
      touch('tools');
      abort.abort();
    });
    await done;
    expect(log).toEqual(['run all']);
  });
});
