import { describe, expect, it } from 'vitest';
import { runPooled } from './pool.ts';

const tick = () => new Promise<void>((resolve) => setImmediate(resolve));

async function* slowly(count: number) {
  for (let item = 0; item < count; item++) {
    await tick();
    yield item;
  }
}

describe('runPooled()', () => {
  it('works on every item once, never on more than the limit at a time', async () => {
    for (const items of [Array.from({ length: 40 }, (_, item) => item), slowly(40)]) {
      let running = 0;
      let most = 0;
      const seen: number[] = [];
      const done = await runPooled(items, 3, async (item, index) => {
        most = Math.max(most, ++running);
        await tick();
        seen.push(item);
        expect(index).toBe(item);
        running--;
      });
      expect(done).toBe(true);
      expect(most).toBe(Array.isArray(items) ? 3 : 2); // the slow source gives one a tick
      expect(seen.sort((a, b) => a - b)).toEqual(Array.from({ length: 40 }, (_, item) => item));
    }
  });

  it('takes items only when there is room for them', async () => {
    let taken = 0;
    let finished = 0;
    function* source() {
      for (let item = 0; item < 100_000; item++) {
        taken++;
        yield item;
      }
    }
    let ahead = 0;
    await runPooled(source(), 4, async () => {
      ahead = Math.max(ahead, taken - finished);
      await Promise.resolve();
      finished++;
    });
    expect(finished).toBe(100_000);
    expect(ahead).toBeLessThanOrEqual(4);
  });

  it('starts nothing after the first error, waits for what runs, and throws that error', async () => {
    const ended: number[] = [];
    let closed = false;
    function* source() {
      try {
        for (let item = 0; ; item++) yield item;
      } finally {
        closed = true;
      }
    }
    const pool = runPooled(source(), 2, async (item) => {
      if (item === 1) throw new Error('first');
      await tick();
      ended.push(item);
      throw new Error('second');
    });
    await expect(pool).rejects.toThrow('first');
    expect(ended).toEqual([0]);
    expect(closed).toBe(true);
  });

  it('throws what its source throws', async () => {
    async function* source() {
      yield 1;
      throw new Error('torn');
    }
    await expect(runPooled(source(), 2, () => undefined)).rejects.toThrow('torn');
  });

  it('starts nothing after an abort and says that items were left', async () => {
    const stop = new AbortController();
    const started: number[] = [];
    const done = await runPooled(
      [0, 1, 2, 3, 4, 5],
      2,
      async (item) => {
        started.push(item);
        if (item === 1) stop.abort();
        await tick();
      },
      stop.signal,
    );
    expect(done).toBe(false);
    expect(started).toEqual([0, 1]);
  });

  it('does not wait for a source that never answers once it is aborted', async () => {
    const stop = new AbortController();
    const silent: AsyncIterable<number> = {
      [Symbol.asyncIterator]: () => ({ next: () => new Promise(() => undefined) }),
    };
    const pool = runPooled(silent, 2, () => undefined, stop.signal);
    stop.abort();
    expect(await pool).toBe(false);
  });
});
