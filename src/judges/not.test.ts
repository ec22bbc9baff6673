import { describe, expect, it } from 'vitest';
import { call, says, trajectoryOf } from '../match/trajectory.test-support.ts';
import { judge } from './judge-trajectory.ts';

const shop = trajectoryOf([call('get', { id: '1' }), call('pay', { amount: '150' }), says('Done')]);

describe('not', () => {
  it.each<[inner: Record<string, unknown>, status: string]>([
    [{ calls: { any_order: ['get'] } }, 'fail'],
    [{ calls: { any_order: ['cancel'] } }, 'pass'],
    [{ never: ['get'] }, 'pass'],
    [{ never: ['cancel'] }, 'fail'],
    // unknown does not help: it could have been that call
    [{ calls: { any_order: [{ pay: { amount: { $gt: 100 } } }] } }, 'fail'],
    // unknown does not help: it need not have been that call
    [{ never: [{ pay: { amount: { $gt: 100 } } }] }, 'fail'],
    [{ not: [{ calls: { any_order: [{ pay: { amount: { $gt: 100 } } }] } }] }, 'fail'],
    [{ not: [{ never: [{ pay: { amount: { $gt: 100 } } }] }] }, 'fail'],
    // exactness stays
    [{ calls: { any_order: [{ get: {} }] } }, 'pass'],
    [{ never: [{ get: {} }] }, 'pass'],
    // all that one entry says must hold for it to hold
    [{ calls: { any_order: ['get'] }, answer: 'No' }, 'pass'],
    [{ calls: { any_order: ['get'] }, answer: 'Done' }, 'fail'],
    // what could not be decided stays so, unless something fails
    [{ totals: [{ of: 'get', arg: 'id', must: 0 }] }, 'error'],
    [{ totals: [{ of: 'get', arg: 'id', must: 0 }], answer: 'No' }, 'pass'],
    [{ limits: { tokens: 5 } }, 'error'],
  ])('%j: %s', async (inner, status) => {
    const { verdicts } = await judge(shop, { not: [inner] });
    const { path, status: found } = verdicts.find((one) => one.path.startsWith('expect.not')) ?? {};
    expect([path, found]).toEqual(['expect.not.0', status]);
  });

  it('gives each entry its own verdict', async () => {
    const { verdicts, status } = await judge(shop, { not: [{ answer: 'No' }, { answer: 'Done' }] });
    expect(verdicts.map((one) => [one.path, one.status])).toEqual([
      ['expect.stop', 'pass'],
      ['expect.not.0', 'pass'],
      ['expect.not.1', 'fail'],
    ]);
    expect(status).toBe('fail');
  });

  it('says what holds and must not', async () => {
    const { verdicts } = await judge(shop, { not: [{ calls: { any_order: ['get'] } }] });
    expect(verdicts.at(-1)?.reason).toMatch(/must not/);
    expect(verdicts.at(-1)?.evidence).toEqual([0]);
  });
});
