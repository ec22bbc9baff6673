import type { IncomingMessage } from 'node:http';
import { PassThrough } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { RefusedBody, withBody } from './read-body.ts';
import { refusalOf } from './refusal.ts';

type Sent = PassThrough & IncomingMessage;

function incoming(headers: Record<string, string> = {}): Sent {
  return Object.assign(new PassThrough(), { headers }) as unknown as Sent; // all that is read of one
}

describe('withBody()', () => {
  it('counts the bytes of a body against the budget until it is handled', async () => {
    const budget = { left: 10 };
    const request = incoming();
    request.end('12345678');
    const seen = await withBody(request, budget, async (bytes) => [bytes.toString(), budget.left]);
    expect(seen).toEqual(['12345678', 2]);
    expect(budget.left).toBe(10);
  });

  it('refuses a body for which others leave no room, and takes it once they are done', async () => {
    const budget = { left: 10 };
    const first = incoming();
    first.end('12345678');
    let handled = () => {};
    const waiting = new Promise<void>((resolve) => {
      handled = resolve;
    });
    let begun = () => {};
    const beginning = new Promise<void>((resolve) => {
      begun = resolve;
    });
    const holding = withBody(first, budget, () => {
      begun();
      return waiting;
    });
    await beginning;
    const second = incoming();
    second.write('123');
    const refused = await withBody(second, budget, async () => null).catch((thrown) => thrown);
    expect(refusalOf(refused)).toEqual({
      status: 429,
      code: 'too_many_requests',
      message: 'Cannot read the request: too many others are on their way',
    });
    handled();
    await holding;
    expect(budget.left).toBe(10);
    const third = incoming();
    third.end('123');
    expect(await withBody(third, budget, async (bytes) => bytes.length)).toBe(3);
  });

  it('gives back what it took where the client leaves, or nothing is read', async () => {
    const budget = { left: 10 };
    const leaving = incoming();
    leaving.write('123');
    setImmediate(() => leaving.destroy());
    await expect(withBody(leaving, budget, async () => null)).rejects.toThrow('was closed');
    const packed = incoming({ 'content-encoding': 'br' });
    await expect(withBody(packed, budget, async () => null)).rejects.toThrow(RefusedBody);
    const long = incoming({ 'content-length': '99999999' });
    await expect(withBody(long, budget, async () => null)).rejects.toMatchObject({ status: 413 });
    expect(budget.left).toBe(10);
  });
});
