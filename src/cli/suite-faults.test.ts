import { describe, expect, it } from 'vitest';
import { faultsOf } from './suite-faults.test-support.ts';

describe('loadSuites() validates every key of a map of names', () => {
  it.each([
    ['{ grounded: { __proto__: 5 } }', 'grounded.__proto__ @ 5: Expected a list, got 5'],
    [
      '{ grounded: { __proto__: [1] } }',
      'grounded.__proto__.0 @ 1: Expected text, got 1; write it in quotes',
    ],
    [
      '{ handoffs: { allowed: { __proto__: 5 } } }',
      'handoffs.allowed.__proto__ @ 5: Expected a list, got 5',
    ],
    [
      '{ calls: { count: { __proto__: many } } }',
      'calls.count.__proto__ @ many: Expected a number, got "many"',
    ],
  ])('%s', async (expected, fault) => {
    expect(await faultsOf(expected)).toEqual([fault]);
  });
});
