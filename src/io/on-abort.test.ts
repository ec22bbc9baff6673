import { getEventListeners } from 'node:events';
import { describe, expect, it } from 'vitest';
import { onAbort } from './on-abort.ts';

describe('onAbort()', () => {
  it('calls everyone who waits, once, in the order in which they came', () => {
    const { signal, abort } = controller();
    const called: number[] = [];
    for (const one of [1, 2, 3]) onAbort(signal, () => called.push(one));
    abort();
    abort();
    expect(called).toEqual([1, 2, 3]);
  });

  it('does not call who took it back, before or while others are called', () => {
    const { signal, abort } = controller();
    const called: string[] = [];
    const first = onAbort(signal, () => called.push('first'));
    onAbort(signal, () => last());
    const last = onAbort(signal, () => called.push('last'));
    first();
    abort();
    expect(called).toEqual([]);
  });

  it('keeps one listener for any number of those who wait', () => {
    const { signal } = controller();
    for (let count = 0; count < 500; count++) onAbort(signal, () => undefined);
    expect(getEventListeners(signal, 'abort')).toHaveLength(1);
  });
});

function controller() {
  const controller = new AbortController();
  return { signal: controller.signal, abort: () => controller.abort() };
}
