import { describe, expect, it } from 'vitest';
import { says, trajectoryOf } from '../match/trajectory.test-support.ts';
import type { World } from '../model/suite.ts';
import { prepareJudge } from './judge-trajectory.ts';
import { verdictOf } from './verdict.test-support.ts';

const at = (world?: unknown) => trajectoryOf([says('Done')], world === undefined ? {} : { world });
const judged = (before: World, after: unknown, wanted: unknown, key = 'changes') =>
  verdictOf(at(after), key, wanted, { world: before });

const shop = () => ({
  orders: { 1042: { status: 'late', total: 42.5 }, 1043: { status: 'new', total: 1 } },
  log: ['start'],
});
const refunded = {
  ...shop(),
  orders: { ...shop().orders, 1042: { status: 'refunded', total: 42.5 } },
};

describe('changes', () => {
  const removed = { orders: { 1043: { status: 'new', total: 1 } }, log: ['start'] };
  const added = { ...shop(), orders: { ...shop().orders, 7: { status: 'new', items: [] } } };
  const logged = { ...shop(), log: ['start', { at: 1 }] };
  const both = {
    ...shop(),
    orders: { 1042: { status: 'x', total: 42.5 }, 1043: { status: 'x', total: 1 } },
  };

  it.each<[unknown, unknown, 'pass' | 'fail']>([
    [{}, shop(), 'pass'],
    [{}, refunded, 'fail'],
    [{ '/orders/1042/status': 'refunded' }, refunded, 'pass'],
    [{ '/orders/1042/status': 'late' }, refunded, 'fail'],
    [{ '/orders/1042/status': 'late' }, shop(), 'fail'],
    [{ '/orders/1042/status': { $any: true }, '/log': { $any: true } }, refunded, 'fail'],
    [{ '/orders/1042': { status: 'refunded' } }, refunded, 'pass'],
    [{ '/orders/1042': { $eq: { status: 'refunded' } } }, refunded, 'fail'],
    [{ '': { $any: true } }, refunded, 'pass'],
    [{ '/orders/*/status': 'refunded' }, refunded, 'pass'],
    [{ '/orders/*/total': { $any: true } }, refunded, 'fail'],
    [{ '/orders/*/status': 'x' }, both, 'pass'],
    [{ '/orders/1042/status': 'x' }, both, 'fail'],
    [{ '/orders/1042/status': 'x', '/orders/*/status': { $type: 'string' } }, both, 'pass'],
    [{ '/orders/1042': { $exists: false } }, removed, 'pass'],
    [{ '/orders/1042/status': { $exists: false } }, removed, 'fail'],
    [
      { '/orders/1042/status': { $exists: false }, '/orders/1042/total': { $exists: false } },
      removed,
      'pass',
    ],
    [{ '/orders/1042': { status: 'late' } }, removed, 'fail'],
    [{ '/orders/7': { status: 'new' } }, added, 'pass'],
    [{ '/orders/7/status': 'new' }, added, 'fail'],
    [{ '/orders/7/status': 'new', '/orders/7/items': [] }, added, 'pass'],
    [{ '/log/1': { at: 1 } }, logged, 'pass'],
    [{ '/log/*': { $any: true } }, logged, 'pass'],
    [{ '/log': ['start', { at: 1 }] }, logged, 'pass'],
    [{ '/log/length': 2 }, logged, 'fail'],
    [{ '/log': 5, '/log/0': { $exists: false } }, { ...shop(), log: 5 }, 'pass'],
    [{ '/log': { $any: true }, '/log/0': 'end' }, { ...shop(), log: { 0: 'end' } }, 'pass'],
  ])('%j of %j: %s', async (wanted, world, status) => {
    expect(await judged(shop(), world, wanted)).toMatchObject({ status, evidence: [] });
  });

  it('shows what was, what is and what was wanted', async () => {
    const world = { orders: { 1042: { status: 'lost', total: 42.5 } }, log: ['start', 'x'] };
    const wanted = { '/orders/1042/status': 'refunded', '/orders/1042/total': 0 };
    const verdict = await judged(shop(), world, wanted);
    expect(verdict.reason).toBe(
      'In the world: /log/1: nothing → "x", wanted no change; ' +
        '/orders/1043/status: "new" → nothing, wanted no change; ' +
        '/orders/1043/total: 1 → nothing, wanted no change; ' +
        '/orders/1042/status: "late" → "lost", wanted "refunded"; ' +
        '/orders/1042/total did not change, wanted 0',
    );
    expect(verdict.details).toEqual({
      changes: [
        { kind: 'unexpected', pointer: '/log/1', is: 'x' },
        { kind: 'unexpected', pointer: '/orders/1043/status', was: 'new' },
        { kind: 'unexpected', pointer: '/orders/1043/total', was: 1 },
        {
          kind: 'differs',
          pointer: '/orders/1042/status',
          was: 'late',
          is: 'lost',
          wanted: '"refunded"',
        },
        { kind: 'unchanged', pointer: '/orders/1042/total', wanted: '0' },
      ],
    });
  });

  it('keeps a verdict small, however much changed', async () => {
    const world = Object.fromEntries(
      Array.from({ length: 20_000 }, (_, n) => [`k${n}`, 'x'.repeat(50)]),
    );
    const verdict = await judged({}, world, { '/*': 'y', '/k1': { $size: 1 } });
    expect(verdict.reason).toMatch(/and \d+ more$/);
    expect(JSON.stringify(verdict).length).toBeLessThan(30_000);
    const whole = await judged({}, world, { '': { k1: 'y' } });
    expect(JSON.stringify(whole).length).toBeLessThan(3000);
  });

  it('says what it has no world to compare', async () => {
    expect(await verdictOf(at({}), 'changes', {})).toMatchObject({
      status: 'error',
      reason: 'The suite names no world that the trial began with',
    });
    const lacking = { status: 'error', reason: 'The trajectory holds no final world' };
    expect(await judged({}, undefined, {})).toMatchObject(lacking);
    expect(await judged({}, undefined, [{ changes: {} }], 'not')).toMatchObject(lacking);
  });

  it('reads what cannot be told against the agent, also under not', async () => {
    const redacted = { key: '[redacted:KEY]' };
    expect(await judged({ key: 'a' }, redacted, {})).toMatchObject({ status: 'fail' });
    expect(await judged({ key: 'a' }, redacted, { '/key': { $any: true } })).toMatchObject({
      status: 'fail',
    });
    expect(await judged({ key: 'a' }, redacted, [{ changes: {} }], 'not')).toMatchObject({
      status: 'fail',
    });
    expect(await judged({ a: 1 }, { a: 2 }, [{ changes: {} }], 'not')).toMatchObject({
      status: 'pass',
    });
  });

  it.each([['orders'], ['/a~2'], ['/a~']])(
    'refuses %j, which is no JSON Pointer',
    async (pointer) => {
      await expect(prepareJudge({ changes: { [pointer]: 1 } })).rejects.toThrow(
        'Expected a JSON Pointer such as /orders/1042/status',
      );
    },
  );

  it('takes keys with slashes, tildes and names of prototypes', async () => {
    const world = JSON.parse('{ "a/b~": 1, "__proto__": 2 }');
    expect(await judged({}, world, { '/a~1b~0': 1, '/__proto__': 2 })).toMatchObject({
      status: 'pass',
    });
  });
});
