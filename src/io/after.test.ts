import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { after } from './after.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

it.each([
  [-5, 0],
  [30, 30],
  [2 ** 31, 2 ** 31 - 1],
  [Number.POSITIVE_INFINITY, 2 ** 31 - 1],
])('after() of %d ms waits %d ms', (given, waited) => {
  const action = vi.fn();
  after(given, action);
  if (waited > 0) vi.advanceTimersByTime(waited - 1);
  expect(action).not.toHaveBeenCalled();
  vi.advanceTimersByTime(1);
  expect(action).toHaveBeenCalledOnce();
});

it('after() does nothing once it was called off', () => {
  const action = vi.fn();
  after(10, action)();
  vi.advanceTimersByTime(100);
  expect(action).not.toHaveBeenCalled();
});
