import fc from 'fast-check';
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
        '/orders/1043: { status: "new", total: 1 } → nothing, wanted no change; ' +
        '/orders/1042/status: "late" → "lost", wanted "refunded"; ' +
        '/orders/1042/total did not change, wanted 0',
    );
    expect(verdict.details).toEqual({
      changes: [
        { kind: 'unexpected', pointer: '/log/1', is: 'x' },
        { kind: 'unexpected', pointer: '/orders/1043', was: { status: 'new', total: 1 } },
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
      Array.from({ length: 2_000 }, (_, n) => [`k${n}`, 'x'.repeat(50)]),
    );
    const verdict = await judged({}, world, { '/*': 'y', '/k1': { $size: 1 } });
    expect(verdict.reason).toMatch(/and \d+ more$/);
    expect(JSON.stringify(verdict).length).toBeLessThan(30_000);
    const whole = await judged({}, world, { '': { k1: 'y' } });
    expect(JSON.stringify(whole).length).toBeLessThan(3000);
  });

  it('tells of the leaves of what came where some of them were named', async () => {
    const { reason } = await judged(shop(), added, { '/orders/7/status': 'new' });
    expect(reason).toBe('In the world: /orders/7/items: nothing → [], wanted no change');
  });

  it('agrees with a naive reading', async () => {
    const leaf = fc.constantFrom(1, 2, 'x');
    const part = fc.oneof(
      leaf,
      fc.dictionary(fc.constantFrom('a', 'b'), leaf, { maxKeys: 2 }),
      fc.array(leaf, { maxLength: 2 }),
    );
    const world = fc.dictionary(fc.constantFrom('a', 'b', 'c'), part, { maxKeys: 3 });
    const pointer = fc.array(fc.constantFrom('a', 'b', '0', '1', '*'), { maxLength: 2 });
    const wanted = fc.constantFrom({ $any: true }, { $exists: false }, 1, { a: 1 });
    const named = fc.array(fc.tuple(pointer, wanted), { maxLength: 3 });
    await fc.assert(
      fc.asyncProperty(world, world, named, async (before, now, pairs) => {
        const written = Object.fromEntries(
          pairs.map(([keys, one]) => [keys.map((key) => `/${key}`).join(''), one]),
        );
        const { status } = await judged(before, now, written);
        expect(status).toBe(naively(before, now, written) ? 'pass' : 'fail');
      }),
      { numRuns: 400 },
    );
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

function valueUnder(value: unknown, keys: readonly string[]): unknown {
  let found = value;
  for (const key of keys) {
    if (typeof found !== 'object' || found === null || !Object.hasOwn(found, key)) return undefined;
    found = (found as Record<string, unknown>)[key];
  }
  return found;
}

/** Every place that stands in either world. */
function placesIn(value: unknown, keys: readonly string[] = []): string[][] {
  const inner = typeof value === 'object' && value !== null ? Object.entries(value) : [];
  return [[...keys], ...inner.flatMap(([key, one]) => placesIn(one, [...keys, key]))];
}

function naively(before: unknown, now: unknown, written: Record<string, unknown>): boolean {
  const text = (keys: readonly string[], of: unknown) =>
    JSON.stringify(sortedKeys(valueUnder(of, keys)));
  const all = [...placesIn(before), ...placesIn(now)];
  const changed = all.filter((keys) => text(keys, before) !== text(keys, now));
  const kindOf = (value: unknown) => (Array.isArray(value) ? 'list' : typeof value);
  // a change at a place itself: nothing beneath tells it apart
  const isLeafChange = (keys: readonly string[]) => {
    const [was, is] = [valueUnder(before, keys), valueUnder(now, keys)];
    const hasParts = (value: unknown) =>
      typeof value === 'object' && Object.keys(value ?? {}).length > 0;
    const alike = was === undefined || is === undefined || kindOf(was) === kindOf(is);
    return !(
      alike &&
      (hasParts(was) || hasParts(is)) &&
      [was, is].every((one) => one === undefined || typeof one === 'object')
    );
  };
  const names = Object.entries(written).map(([pointer, wanted]) => ({
    keys: pointer.split('/').slice(1),
    wanted,
  }));
  const fits = (keys: readonly string[], place: readonly string[]) =>
    keys.length === place.length && keys.every((key, index) => key === '*' || key === place[index]);
  const isCovered = (place: readonly string[]) =>
    names.some(({ keys }) => fits(keys, place.slice(0, keys.length)));
  if (changed.filter(isLeafChange).some((place) => !isCovered(place))) return false;
  return names.every(({ keys, wanted }) => {
    const places = changed.filter((place) => fits(keys, place));
    return (
      places.length > 0 && places.every((place) => matchesNaively(valueUnder(now, place), wanted))
    );
  });
}

function matchesNaively(value: unknown, wanted: unknown): boolean {
  if (wanted === 1) return value === 1;
  const key = Object.keys(wanted as object)[0];
  if (key === '$any') return value !== undefined;
  if (key === '$exists') return value === undefined;
  return typeof value === 'object' && !Array.isArray(value) && valueUnder(value, ['a']) === 1;
}

function sortedKeys(value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)));
}
