import { describe, expect, it } from 'vitest';
import { reporters } from '../report/registry.ts';
import { parseReporterOptions } from './reporter-option.ts';

const parse = (...values: string[]) =>
  parseReporterOptions(values, reporters, '/project').map(({ reporter, file }) => [
    reporter.key,
    file,
  ]);

describe('parseReporterOptions()', () => {
  it('reads names with and without a file', () => {
    expect(parse('terminal', 'junit=out/a=b.xml', 'json=/tmp/x.json')).toEqual([
      ['terminal', null],
      ['junit', '/project/out/a=b.xml'],
      ['json', '/tmp/x.json'],
    ]);
  });

  it('takes "-" for standard output', () => {
    expect(parse('json=-')).toEqual([['json', null]]);
  });

  it.each([
    [
      'an unknown name',
      ['jnuit=a.xml'],
      /there is no reporter "jnuit", expected one of terminal, json, junit/,
    ],
    ['an empty file', ['json='], /the file after "=" is empty/],
    [
      'two reports on standard output',
      ['terminal', 'json'],
      /"terminal" and "json" both to standard output/,
    ],
    ['two reports in one file', ['json=a', 'junit=./a'], /both to "\/project\/a"/],
  ])('refuses %s', (_, values, message) => {
    expect(() => parse(...values)).toThrow(message);
  });
});
