import { getEventListeners } from 'node:events';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { describe, expect, it } from 'vitest';
import { WaitingLine } from './waiting-line.ts';

const { signal } = new AbortController();
const settled = () => new Promise<void>((resolve) => setImmediate(resolve));

describe('WaitingLine', () => {
  it('gives turns in the order in which they came, also after it was empty', async () => {
    const line = new WaitingLine();
    const gone: number[] = [];
    const join = (one: number) => line.join(signal).then(() => gone.push(one));
    const all = [join(1), join(2)];
    expect(line.next()).toBe(true);
    all.push(join(3));
    expect([line.next(), line.next(), line.next()]).toEqual([true, true, false]);
    all.push(join(4), join(5));
    expect([line.next(), line.next(), line.length]).toEqual([true, true, 0]);
    await Promise.all(all);
    expect(gone).toEqual([1, 2, 3, 4, 5]);
  });

  it('passes by who gave up, at once', async () => {
    const line = new WaitingLine();
    const stop = new AbortController();
    const first = line.join(stop.signal);
    const second = line.join(signal);
    stop.abort(new Error('enough'));
    expect(line.length).toBe(1);
    expect(line.next()).toBe(true);
    await expect(first).rejects.toThrow('enough');
    await second;
    await expect(line.join(stop.signal)).rejects.toThrow('enough');
    expect(line.length).toBe(0);
  });

  it('turns everyone away', async () => {
    const line = new WaitingLine();
    const waiting = [line.join(signal), line.join(signal)];
    line.disperse(new Error('closed'));
    for (const one of waiting) await expect(one).rejects.toThrow('closed');
    expect(line.next()).toBe(false);
    const later = line.join(signal);
    expect(line.next()).toBe(true);
    await later;
  });

  it('is forgotten by the signals of those who had their turn', async () => {
    setFlagsFromString('--expose-gc');
    const collect: () => void = runInNewContext('gc');
    const stop = new AbortController();
    const used = async () => {
      const line = new WaitingLine();
      const joined = line.join(stop.signal);
      line.next();
      await joined;
      return new WeakRef(line);
    };
    const line = await used();
    await settled();
    collect();
    expect(line.deref()).toBe(undefined);
    expect(stop.signal.aborted).toBe(false); // it is still there
  });

  it('takes a hundred thousand without a listener for each', async () => {
    const line = new WaitingLine();
    const stop = new AbortController();
    let gone = 0;
    for (let one = 0; one < 100_000; one++) void line.join(stop.signal).then(() => gone++);
    expect(getEventListeners(stop.signal, 'abort')).toHaveLength(1);
    while (line.next());
    await settled();
    expect(gone).toBe(100_000);
  });
});
