import { describe, expect, it } from 'vitest';
import type { ComparedTrial } from '../model/compared-trial.ts';
import { comparedJudges, comparisonLines } from './comparison-text.ts';
import { createInk } from './ink.ts';

const HOSTILE = '\u001b[2J\n::error::x ##vso[z]\u202e';

function trial(better: ComparedTrial['better'], more: Partial<ComparedTrial> = {}): ComparedTrial {
  return {
    ...{ suite: 'shop', task: 'greet', attack: null, trial: 1, judge: 'polite', better },
    ...{ agents: { base: 'a', head: 'a' }, consistent: better !== null, reason: 'Kinder' },
    ...more,
  };
}

async function textOf(trials: readonly ComparedTrial[], width: number | null = 100) {
  const ink = await createInk({ colour: false, width, ascii: false });
  return (await comparisonLines(trials, ink)).join('\n');
}

describe('comparedJudges()', () => {
  it('adds up each judge, with the p of the sign test on what is no tie', () => {
    const all = [
      ...Array.from({ length: 6 }, () => trial('head')),
      ...[trial('tie'), trial(null), trial('base', { judge: 'other' })],
    ];
    expect(comparedJudges(all)).toEqual([
      {
        suite: 'shop',
        judge: 'polite',
        base: 0,
        head: 6,
        tie: 1,
        undecided: 1,
        p: expect.closeTo(0.03125, 12),
      },
      { suite: 'shop', judge: 'other', base: 1, head: 0, tie: 0, undecided: 0, p: 1 },
    ]);
  });
});

describe('comparisonLines()', () => {
  it('tells each trial, why, and what it comes to', async () => {
    const text = await textOf([
      trial('head'),
      trial('tie', { trial: 2, attack: 'note', consistent: false }),
      trial(null, { reason: 'Not asked (--judge recorded)' }),
    ]);
    expect(text).toMatch(/greet#1 +polite +head +in both orders/);
    expect(text).toMatch(/greet#2 · attack note +polite +tie +by order only/);
    expect(text).toMatch(/greet#1 +polite +undecided +–/);
    expect(text).toContain('! greet#1 (polite): Not asked (--judge recorded)');
    expect(text).toContain(
      'shop · polite: base better 0, head better 1, 1 tie, 1 undecided, sign test p = 1.000',
    );
  });

  it('tells what it took, as far as that is known', async () => {
    const usage = { input_tokens: 900, output_tokens: 100, cost_usd: 0.5 };
    const text = await textOf([
      trial('head', { usage }),
      trial('tie', { usage: { ...usage, cost_usd: null } }),
    ]);
    expect(text.endsWith('\n$0.5000, 2,000 tokens')).toBe(true);
  });

  it('encodes all that comes from outside', async () => {
    const hostile = trial('base', { task: HOSTILE, judge: HOSTILE, reason: HOSTILE });
    for (const width of [null, 60, 20]) {
      const text = await textOf([hostile], width);
      expect(text).not.toMatch(/\p{Cc}(?<!\n)|\u202e|##vso/u);
      expect(text.split('\n').filter((line) => /^\s*::/.test(line))).toEqual([]);
    }
  });
});
