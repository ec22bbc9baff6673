import { expect, it } from 'vitest';
import { diffReporters } from './diff/registry.ts';
import { reporters } from './registry.ts';
import { DIFF_REPORTER_NAMES, REPORTER_NAMES } from './reporter-names.ts';

it('REPORTER_NAMES and DIFF_REPORTER_NAMES are those of the registries', () => {
  expect(reporters.map(({ key }) => key)).toEqual([...REPORTER_NAMES]);
  expect(diffReporters.map(({ key }) => key)).toEqual([...DIFF_REPORTER_NAMES]);
});
