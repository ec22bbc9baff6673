import { describe, expect, it, vi } from 'vitest';
import { call, says, trajectoryOf } from '../match/trajectory.test-support.ts';
import type { LoadFunction } from '../model/load-function.ts';
import { verdictOf } from './verdict.test-support.ts';

const shop = trajectoryOf([call('get', { id: '1' }), says('Done')]);
const loads = (check: (...args: never[]) => unknown): { load: LoadFunction } => ({
  load: async () => check,
});
const verdict = (check: (...args: never[]) => unknown) =>
  verdictOf(shop, 'check', './check.ts#isPolite', loads(check));

describe('check', () => {
  it.each<[answer: unknown, status: string, score: number | null]>([
    [true, 'pass', 1],
    [false, 'fail', 0],
    [{ pass: true }, 'pass', 1],
    [{ status: 'fail', score: 0.25 }, 'fail', 0.25],
    [{ status: 'error', reason: 'No database' }, 'error', null],
    [undefined, 'error', null],
    [null, 'error', null],
    [1, 'error', null],
    ['pass', 'error', null],
    [{}, 'error', null],
    [{ score: 1 }, 'error', null],
    [{ pass: true, status: 'fail' }, 'error', null],
    [{ pass: true, score: 2 }, 'error', null],
    [{ pass: 'yes' }, 'error', null],
    [{ pass: true, evidence: [-1] }, 'error', null],
  ])('makes of the answer %j: %s', async (answer, status, score) => {
    expect(await verdict(() => answer)).toMatchObject({ status, score });
    expect(await verdict(async () => answer)).toMatchObject({ status, score });
  });

  it('hands on reason, evidence and details', async () => {
    const said = { pass: false, reason: 'Rude at the end', evidence: [2], details: { words: 3 } };
    expect(await verdict(() => said)).toMatchObject({
      status: 'fail',
      reason: 'Rude at the end',
      evidence: [2],
      details: { words: 3 },
    });
  });

  it('is an error where the function throws, rejects or cannot be loaded', async () => {
    const fault = () => {
      throw new Error('Out of milk');
    };
    const load = async () => fault();
    for (const found of [
      await verdict(fault),
      await verdict(async () => fault()),
      await verdictOf(shop, 'check', './check.ts', { load }),
    ]) {
      expect(found).toMatchObject({ status: 'error', score: null });
      expect(found.reason).toContain('Out of milk');
      expect(found.reason).toContain('./check.ts');
    }
  });

  it('is an error where the function never answers', async () => {
    vi.useFakeTimers();
    try {
      const asked = verdict(() => new Promise(() => undefined));
      await vi.advanceTimersByTimeAsync(60_000);
      expect(await asked).toMatchObject({ status: 'error', score: null });
      expect((await asked).reason).toContain('no answer within 60 seconds');
    } finally {
      vi.useRealTimers();
    }
  });

  it('runs nothing where no code may be loaded', async () => {
    expect((await verdictOf(shop, 'check', './check.ts')).status).toBe('error');
  });

  it('is given the trajectory, the tools and the answer, and cannot change what others see', async () => {
    const check = (trajectory: typeof shop, context: { answer: string | null }) => {
      trajectory.steps.length = 0;
      return context.answer === 'Done';
    };
    expect((await verdict(check as never)).status).toBe('pass');
    expect(shop.steps.length).toBe(3);
  });

  it.each(['check.ts', '/etc/check.ts', './check', './check.py', 5])(
    'refuses %j',
    async (value) => {
      await expect(verdictOf(shop, 'check', value)).rejects.toMatchObject({ code: 'suite_fault' });
    },
  );
});
