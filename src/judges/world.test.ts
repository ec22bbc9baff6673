import { describe, expect, it } from 'vitest';
import { call, says, trajectoryOf } from '../match/trajectory.test-support.ts';
import { verdictOf } from './verdict.test-support.ts';

const orders = { 1042: { status: 'refunded', total: 42.5, log: ['late'] } };
const at = (world?: unknown) => trajectoryOf([says('Done')], world === undefined ? {} : { world });

describe('world', () => {
  it.each<[unknown, unknown, 'pass' | 'fail']>([
    [{ orders: { 1042: { status: 'refunded' } } }, { orders }, 'pass'],
    [{ orders: { 1042: { status: 'refunded' } } }, { orders, users: {} }, 'pass'],
    [{ orders: { 1042: { total: { $lt: 40 } } } }, { orders }, 'fail'],
    [{ orders: { 1043: { $exists: false } } }, { orders }, 'pass'],
    [{ orders: { 1043: { status: 'new' } } }, { orders }, 'fail'],
    [{ a: { $as: 'x' }, b: { $ref: 'x' } }, { a: 1, b: 1 }, 'pass'],
    [{ a: { $as: 'x' }, b: { $ref: 'x' } }, { a: 1, b: 2 }, 'fail'],
    [{ a: { $gt: 1 } }, { a: 'much' }, 'fail'],
    [{ key: 'sk-1' }, { key: '[redacted:KEY]' }, 'fail'],
    [{ constructor: { $exists: false } }, {}, 'pass'],
    [{ $or: [{ a: 1 }, { a: 2 }] }, { a: 2 }, 'pass'],
  ])('%j of %j: %s', async (wanted, world, status) => {
    expect(await verdictOf(at(world), 'world', wanted)).toMatchObject({ status, evidence: [] });
  });

  it('tells where the world differs', async () => {
    const wanted = { orders: { 1042: { status: 'late', log: [] }, 7: { status: 'new' } } };
    const verdict = await verdictOf(at({ orders }), 'world', wanted);
    expect(verdict.reason).toBe(
      'In the world: no orders.7, wanted { status: "new" }; orders.1042.status "refunded", wanted "late"; orders.1042.log ["late"], wanted []',
    );
    expect(verdict.details).toMatchObject({
      differences: [{ path: 'orders.7' }, { path: 'orders.1042.status', was: 'refunded' }, {}],
    });
  });

  it('tells of a few of many differences', async () => {
    const wanted = Object.fromEntries(Array.from({ length: 500 }, (_, n) => [`k${n}`, n]));
    const { reason } = await verdictOf(at({}), 'world', wanted);
    expect(reason).toMatch(/no k9, wanted 9; and 490 more$/);
  });

  it('is undecided without a final world, also under not', async () => {
    const reason = 'The trajectory holds no final world';
    for (const record of [at(), at(null)]) {
      expect(await verdictOf(record, 'world', {})).toMatchObject({ status: 'error', reason });
    }
    const negated = await verdictOf(at(), 'not', [{ world: { a: 1 } }]);
    expect(negated).toMatchObject({ status: 'error', reason });
  });

  it('reads what cannot be told against the agent under not, too', async () => {
    const record = at({ key: '[redacted:KEY]' });
    expect(await verdictOf(record, 'not', [{ world: { key: 'sk-1' } }])).toMatchObject({
      status: 'fail',
    });
    expect(await verdictOf(at({ key: 'b' }), 'not', [{ world: { key: 'a' } }])).toMatchObject({
      status: 'pass',
    });
  });

  it('does not ask for calls', async () => {
    const record = { ...trajectoryOf([call('a')], { world: {} }), calls: 'not_captured' as const };
    expect(await verdictOf(record, 'world', { a: { $exists: false } })).toMatchObject({
      status: 'pass',
    });
  });
});
