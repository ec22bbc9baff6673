import { describe, expect, it } from 'vitest';
import { changedNumber } from './changed-number.ts';

describe('changedNumber()', () => {
  it.each([
    ['0', null],
    ['-0.0', null],
    ['1.10', null],
    ['0.1', null],
    ['9007199254740991', null],
    ['1e30', null],
    ['1e-300', null],
    [
      '12345678901234567000',
      'is not told from its neighbours, as integers beyond 2^53 lose digits',
    ],
    ['9007199254740992', 'is not told from its neighbours, as integers beyond 2^53 lose digits'],
    ['9007199254740993', 'is read as 9007199254740992, as integers beyond 2^53 lose digits'],
    [
      '12345678901234567890.0',
      'is read as 12345678901234567000, as integers beyond 2^53 lose digits',
    ],
    [
      '1.2345678901234567891e19',
      'is read as 12345678901234567000, as integers beyond 2^53 lose digits',
    ],
    ['0.1e-400', 'is read as 0'],
    ['0x20000000000001', 'is read as 9007199254740992, as integers beyond 2^53 lose digits'],
  ])('of %s', (source, change) => {
    expect(changedNumber(source, Number(source))).toBe(change);
  });
});
