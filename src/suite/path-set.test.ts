import { expect, test } from 'vitest';
import { isWithin, leadsTo } from './path-set.ts';

const paths = [
  ['tasks', 1, 'id'],
  ['tasks', 2],
];

test.each([
  [['tasks', 1, 'id'], true, true],
  [['tasks', 1, 'id', 'x'], true, false],
  [['tasks', 1], false, true],
  [['tasks', 12], false, false],
  [['tasks', 2, 'tags', 0], true, false],
  [[], false, true],
  [['tasks', 1, 'i'], false, false],
])('isWithin() and leadsTo() place %j', (path, within, leads) => {
  expect(isWithin(path, paths)).toBe(within);
  expect(leadsTo(path, paths)).toBe(leads);
  expect(isWithin(path, [])).toBe(false);
  expect(leadsTo(path, [])).toBe(false);
  expect(isWithin(path, [[]])).toBe(true);
});
