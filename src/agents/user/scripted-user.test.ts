import { describe, expect, it } from 'vitest';
import { scriptedUser } from './scripted-user.ts';
import { singleInput } from './single-input.ts';
import type { UserSide } from './user-side.ts';

const { signal } = new AbortController();

/** Everything that a user says, up to the first nothing and one more. */
async function everythingOf(user: UserSide): Promise<unknown[]> {
  const said: unknown[] = [];
  for (let at = 0; at < 9; at++) said.push(await user.next([], signal));
  const end = said.indexOf(null);
  expect(said.slice(end).every((one) => one === null)).toBe(true);
  return said.slice(0, end);
}

describe('scriptedUser()', () => {
  it('says turn after turn, text or data, and then no more', async () => {
    const turns = [{ user: 'Hi' }, { user: { order: 7 }, expect: {} }, { user: 0 }];
    expect(await everythingOf(scriptedUser(turns))).toEqual(['Hi', { order: 7 }, 0]);
    expect(await everythingOf(scriptedUser([]))).toEqual([]);
  });

  it('keeps its place for itself', async () => {
    const turns = [{ user: 'Hi' }];
    await everythingOf(scriptedUser(turns));
    expect(await everythingOf(scriptedUser(turns))).toEqual(['Hi']);
  });
});

describe('singleInput()', () => {
  it.each([['Hi'], [{ order: 7 }], [''], [false]])('says %j once', async (input) => {
    expect(await everythingOf(singleInput(input))).toEqual([input]);
  });

  it('says nothing where there is nothing to say', async () => {
    expect(await everythingOf(singleInput(undefined))).toEqual([]);
  });
});
