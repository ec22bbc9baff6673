import { expect, it } from 'vitest';
import { rounded } from './rounded.ts';

it.each([
  [66.666, 1, Math.round, 66.7],
  [66.666, 1, Math.floor, 66.6],
  [-75.501, 1, Math.floor, -75.6],
  [27.31, 1, Math.ceil, 27.4],
  [0.29 * 100, 0, Math.floor, 29],
  [0.1 + 0.2, 1, Math.ceil, 0.3],
  [-0.2, 0, Math.ceil, 0],
])('rounded() rounds %d to %i decimals as it is told', (value, digits, round, wanted) => {
  expect(rounded(value, digits, round)).toBe(wanted);
});
