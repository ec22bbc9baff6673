import { describe, expect, it } from 'vitest';
import { displayWidth } from '../display-width.ts';
import { createInk } from '../ink.ts';
import { comparisonLinesOf } from './comparison-lines.ts';
import { hostileDiff } from './hostile-diff.test-support.ts';
import { sampleDiff } from './sample-diff.test-support.ts';
import { sampleFacts } from './sample-summary.test-support.ts';

const plain = { colour: false, width: null, ascii: false };

describe('comparisonLinesOf()', () => {
  it('tells the comparison in a few lines, with the command that tells the rest', async () => {
    expect(comparisonLinesOf(sampleDiff(), await createInk(plain))).toEqual([
      '✗ Comparison failed against 20261120-090000-abc · main a1b2c3d4e5 · version=1.4 · 2026-11-20 09:00 · 32 trials · gate pass',
      '  5 tasks compared, aligned by suite, task, attack, agent; Not compared: 1 missing in head, 1 new in head, 1 edited, 1 quarantined; Missing: cancel-order; 1 task without a decided trial in one of the runs; 1 task with fewer decided trials than base (change-address 4 to 0); 4 trials of head lost to errors or skips',
      '✗ pass rate 87.5% → 50%, -37.5 pt (-67 pt to -8 pt), p 0.004',
      '✗ score 0.90 → 0.60, -0.30 (-0.55 to -0.05)',
      '✗ cost of a trial $0.0123 → $0.0148, +$0.0025 (+$0.0015 to +$0.0035), +20% (+12% to +29%)',
      '✗ refund-late-order regressed, 4/4 → 0/4, p 0.029, holds after Holm',
      '  1 fixed, 1 flaky, all of it: agentops diff 20261120-090000-abc 20261122-171100-def',
    ]);
  });

  it.each([
    ['baseline', 'agentops diff baseline 20261122-171100-def'],
    ['report', null],
  ] as const)('names a %s as the command line takes it', async (source, command) => {
    const base = sampleFacts({ source });
    const lines = comparisonLinesOf(sampleDiff({ summary: { base } }), await createInk(plain));
    expect(lines.at(-1)?.includes('agentops diff')).toBe(command !== null);
    if (command !== null) expect(lines.at(-1)).toContain(command);
  });

  it.each([20, 80])('is inert and fits %i columns', async (width) => {
    for (const line of comparisonLinesOf(hostileDiff(), await createInk({ ...plain, width }))) {
      expect(displayWidth(line)).toBeLessThanOrEqual(width);
      expect(line).not.toMatch(/[\p{Cc}\p{Cf}]|##vso\[|^\s*::/u);
    }
  });
});
