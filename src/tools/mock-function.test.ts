import { describe, expect, it } from 'vitest';
import { ask, hostOfTools } from './hosted.test-support.ts';
import type { MockFunction } from './mock-function.ts';

interface Shop {
  orders: Record<string, { status: string; log?: unknown[] }>;
}
type Run = MockFunction<{ id: string }, Shop>;

const refund: Run = ({ id }, { world, fail }) => {
  const order = Object.hasOwn(world.orders, id) ? world.orders[id] : undefined;
  if (!order) throw fail('not_found', 'No such order');
  order.status = 'refunded';
  return order;
};

function hostOfFunction(run: unknown) {
  const mock = { kind: 'function', reference: '/shop/a.ts#run', written: './a.ts#run' } as const;
  const load = async () => run as () => unknown; // tests give anything
  return hostOfTools({ refund: { mock } }, { load });
}

const shop = { orders: { 1042: { status: 'late' } } };

describe('a mock in code', () => {
  it('reads and changes the world of its trial, and of no other', async () => {
    const host = await hostOfFunction(refund);
    const [one, other] = [host.start(shop), host.start(shop)];
    expect(await ask(one, 'refund', { id: '1042' })).toEqual({ result: { status: 'refunded' } });
    expect(one.world).toEqual({ orders: { 1042: { status: 'refunded' } } });
    expect(other.world).toEqual(shop);
    expect(shop.orders[1042].status).toBe('late');
  });

  it('answers with an error by throwing fail()', async () => {
    const host = await hostOfFunction(refund);
    expect(await ask(host.start(shop), 'refund', { id: 'constructor' })).toEqual({
      error: { code: 'not_found', message: 'No such order' },
    });
  });

  it('knows which call of the tool it is, and its name', async () => {
    const host = await hostOfFunction(async (_: unknown, { call, tool }: never) => [call, tool]);
    const trial = host.start({});
    await ask(trial, 'refund');
    expect(await ask(trial, 'refund')).toEqual({ result: [2, 'refund'] });
    expect(await ask(host.start({}), 'refund')).toEqual({ result: [1, 'refund'] });
  });

  it('gives a result that later changes of the world leave alone', async () => {
    const host = await hostOfFunction(refund);
    const trial = host.start(shop);
    const { result } = (await ask(trial, 'refund', { id: '1042' })) as {
      result: { log?: unknown };
    };
    result.log = [1];
    expect(trial.world).toEqual({ orders: { 1042: { status: 'refunded' } } });
  });

  it('may change its arguments, which are a copy', async () => {
    const host = await hostOfFunction((args: { id: unknown }) => {
      args.id = 2;
    });
    const args = { id: 1 };
    expect(await ask(host.start({}), 'refund', args)).toEqual({ result: null });
    expect(args).toEqual({ id: 1 });
  });

  const throws = () => {
    throw new TypeError('orders is undefined');
  };
  it.each<[string, unknown, string]>([
    ['throws', throws, 'threw: orders is undefined'],
    ['rejects', async () => throws(), 'threw: orders is undefined'],
    ['throws text', () => Promise.reject('No'), 'threw: No'],
    [
      'gives a function',
      () => ({ a: [() => 1] }),
      'answered with a function at /a/0, expected JSON',
    ],
    ['gives NaN', () => Number.NaN, 'answered with NaN, expected JSON'],
    [
      'returns a failure',
      (_: unknown, { fail }: { fail: (...texts: string[]) => Error }) => fail('a', 'b'),
      'returned what fail() makes, which is thrown',
    ],
  ])('is broken when it %s', async (_, run, why) => {
    const host = await hostOfFunction(run);
    await expect(ask(host.start({}), 'refund', { id: 1 })).rejects.toMatchObject({
      code: 'mock_fault',
      message: `Cannot answer refund({"id":1}): its mock ./a.ts#run ${why}`,
    });
  });

  it('is left alone when it never answers and the trial is stopped', async () => {
    const stop = new AbortController();
    const host = await hostOfFunction(() => new Promise(() => {}));
    const answer = ask(host.start({}), 'refund', {}, stop.signal);
    stop.abort(new Error('Stopped'));
    await expect(answer).rejects.toThrow('Stopped');
  });

  it('that heeds the signal is not called broken', async () => {
    const stop = new AbortController();
    const host = await hostOfFunction((_: unknown, { signal }: { signal: AbortSignal }) => {
      stop.abort(new Error('Stopped'));
      signal.throwIfAborted();
    });
    await expect(ask(host.start({}), 'refund', {}, stop.signal)).rejects.toThrow('Stopped');
  });

  it('leaves a world that cannot be kept to whoever asks for it', async () => {
    const host = await hostOfFunction(
      (_: unknown, { world }: { world: Record<string, unknown> }) => {
        world['hook'] = () => 1;
      },
    );
    const trial = host.start({});
    await ask(trial, 'refund');
    expect(() => trial.world).toThrow(
      'Cannot keep the world: it holds a function at /hook, expected JSON',
    );
  });

  it('that cannot be loaded is a fault of the suite', async () => {
    const mock = { kind: 'function', reference: '/a.ts', written: './a.ts' } as const;
    await expect(hostOfTools({ refund: { mock } })).rejects.toMatchObject({
      code: 'suite_fault',
      message: 'Cannot load the mock ./a.ts of refund: It is not there',
    });
  });

  it('is loaded by its absolute path', async () => {
    const asked: string[] = [];
    const mock = { kind: 'function', reference: '/shop/a.ts#run', written: './a.ts#run' } as const;
    const load = async (reference: string) => {
      asked.push(reference);
      return () => 1;
    };
    await hostOfTools({ refund: { mock } }, { load });
    expect(asked).toEqual(['/shop/a.ts#run']);
  });

  it('keeps thousands of trials apart', async () => {
    const host = await hostOfFunction(refund);
    const trials = Array.from({ length: 2000 }, () => host.start(shop));
    await Promise.all(
      trials.map((trial, at) => (at % 2 === 0 ? ask(trial, 'refund', { id: '1042' }) : null)),
    );
    const states = trials.map(({ world }) => (world as unknown as Shop).orders['1042']?.status);
    expect(states.filter((state) => state === 'late')).toHaveLength(1000);
  });
});
