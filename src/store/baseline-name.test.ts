import { describe, expect, it } from 'vitest';
import { baselineName, baselineSlug } from './baseline-name.ts';

const HOSTILE = [
  '',
  '.',
  '..',
  '../x',
  '/etc/passwd',
  'a/b',
  'a\\b',
  'a\0b',
  'a\nb',
  'CON',
  'con',
  'nul.txt',
  'lpt1',
  'Main',
  '-rf',
  '.hidden',
  'ends.',
  'ends-',
  'ümlaut',
  'x'.repeat(81),
  'x'.repeat(100_000),
];

describe('baselineName()', () => {
  it.each(['main', 'a', '1.2', 'feature-x_y', 'console', 'x'.repeat(80)])('takes %s', (name) => {
    expect(baselineName(name)).toBe(name);
  });

  it.each(HOSTILE)('refuses %j', (name) => {
    expect(() => baselineName(name)).toThrow(/^Cannot name a baseline ".{0,85}": expected/s);
  });
});

describe('baselineSlug()', () => {
  it.each([
    ['main', 'main'],
    ['Feature/ABC-12', 'feature-abc-12'],
    ['dependabot/npm_and_yarn/zod-4.6', 'dependabot-npm_and_yarn-zod-4.6'],
    ['shop support', 'shop-support'],
  ])('makes %s to %s', (text, slug) => {
    expect(baselineSlug(text)).toBe(slug);
  });

  it.each([...HOSTILE, '分支', '分支二', '%2e%2e'])('makes a name of %j', (text) => {
    expect(baselineName(baselineSlug(text))).toBe(baselineSlug(text));
  });

  it('keeps names apart that lose what tells them apart', () => {
    const texts = [
      '分支',
      '分支二',
      'a:b',
      'a?b',
      `${'x'.repeat(100)}1`,
      `${'x'.repeat(100)}2`,
      '',
      '.',
    ];
    expect(new Set(texts.map(baselineSlug)).size).toBe(texts.length);
  });
});
