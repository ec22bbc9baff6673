import { expect, it } from 'vitest';
import { reporters } from './registry.ts';
import { REPORTER_NAMES } from './reporter-names.ts';

it('REPORTER_NAMES are those of the registry', () => {
  expect(reporters.map(({ key }) => key)).toEqual([...REPORTER_NAMES]);
});
