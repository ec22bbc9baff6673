import { describe, expect, it } from 'vitest';
import { faultsOf } from './suite-faults.test-support.ts';

describe('loadSuites() tells of expectations that judge nothing', () => {
  it.each([
    ['{ grounded: {} }', 'grounded @ {: Give at least one tool with its arguments'],
    ['{ calls: { count: {} } }', 'calls.count @ {: Give at least one tool'],
    [
      '{ handoffs: { in_order: [] } }',
      'handoffs.in_order @ [: Give at least one actor: an empty list forbids nothing',
    ],
    [
      '{ calls: { any_order: [] } }',
      'calls.any_order @ [: warning: any_order: [] forbids nothing: write exact: [] to forbid every call',
    ],
  ])('%s', async (expected, fault) => {
    expect(await faultsOf(expected)).toEqual([fault]);
  });

  it.each(['exact', 'unordered', 'subset'])('but not of %s: []', async (mode) => {
    expect(await faultsOf(`{ calls: { ${mode}: [] } }`)).toEqual([]);
  });
});

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
