import { describe, expect, it } from 'vitest';
import type { HeldDiff } from '../../diff/held-diff.ts';
import { comparisonBlocks } from './comparison-blocks.ts';
import { hostileDiff } from './hostile-diff.test-support.ts';
import { HOSTILE } from './hostile-text.test-support.ts';
import { markdown } from './markdown.ts';
import { sampleDiff } from './sample-diff.test-support.ts';
import { sampleTask } from './sample-task.test-support.ts';

async function textOf(reported: HeldDiff): Promise<string> {
  let text = '';
  const look = { colour: false, width: null, ascii: false };
  for await (const piece of markdown.report(reported, look)) text += piece;
  return text;
}

/** A report less its blocks of code, its folds, and the entities that stand for characters. */
function prose(text: string): string {
  return text
    .replace(/^(`{3,})text\n[\s\S]*?\n\1\n/gm, '')
    .replace(/^<(\/?details|summary)>|<\/summary>$/gm, '')
    .replace(/&#\d+;|&lt;/g, '');
}

describe('markdown.report() of a comparison', () => {
  it('shows the gate, both runs, coverage, figures and what got worse; the rest is folded', async () => {
    const { diff, gate } = sampleDiff();
    const summary = { ...diff.summary, level: 0.978 };
    const text = await textOf({ diff: { ...diff, summary }, gate });
    const [shown = ''] = text.split('<details>', 1);
    expect(shown).toContain(
      '## ✗ Comparison failed\n\n- shop-support by recorded: the pass rate fell from 87.5% to 50%\n',
    );
    expect(shown).toContain('| Difference | 97.8% interval | Change |');
    expect(shown).toContain('- base 20261120-090000-abc · main a1b2c3&#8203;d4e5 · version=1.4');
    expect(shown).toContain(
      '- Not compared: 1 missing in head, 1 new in head, 1 edited, 1 quarantined\n',
    );
    expect(shown).toContain(
      '| ✗ | pass rate | 87.5% | 50% | -37.5 pt | -67 pt to -8 pt | – | 0.004 |\n',
    );
    expect(shown).toContain(
      '**Regressed (1)**\n\n- **refund-late-order** 4/4 → 0/4, p 0.029, holds after Holm · expect.calls.in&#95;order · suites/shop.suite.yaml line 12\n',
    );
    expect(shown.split('\n').length).toBeLessThan(60);
    const folds = text.match(/<summary>.*<\/summary>/g);
    expect(folds).toEqual([
      '<summary>Steps of refund-late-order</summary>',
      '<summary>Steps of change-address</summary>',
      '<summary>Steps of exchange-item</summary>',
      '<summary>Other tasks</summary>',
    ]);
    expect(text).toContain('- **find-invoice** 0/4 → 4/4');
  });

  it.each([
    ['names and steps', HOSTILE],
    ['a fence', '```` ` ````` \n```text\n'],
    ['the end of a fold', '</details></summary><img src=x onerror=y>'],
    ['nothing', ''],
  ])('lets no text from outside be anything but text: %s', async (_, hostile) => {
    const text = await textOf(hostileDiff(hostile));
    expect(prose(text)).not.toMatch(/<|\]\(|!\[|@|#\d|https?:\/\/|www\./);
    expect(prose(text).replace(/^#+ /gm, '')).not.toMatch(/`|\$/);
    expect(text).not.toMatch(/(?!\n)[\p{Cc}\p{Cf}]|##vso\[|^\s*::/mu);
    const rows = prose(text)
      .split('\n')
      .filter((line) => line.startsWith('|'));
    expect(rows.length).toBeGreaterThan(5);
    for (const row of rows) expect(row.split('|').length).toBe(10);
    expect(text.match(/^<details>$/gm)?.length).toBe(text.match(/^<\/details>$/gm)?.length);
  });

  it('stays within what a forge takes, keeps what is gravest, and says that there is more', async () => {
    const long = `${HOSTILE} ${'<'.repeat(500)}`;
    const tasks = Array.from({ length: 10_000 }, (__, at) =>
      sampleTask(
        { task: `${at} ${long}`, suite: long, change: at % 2 ? 'regressed' : 'fixed' },
        [at % 2, 1],
        [1 - (at % 2), 1],
      ),
    );
    const { diff, gate } = hostileDiff(long);
    const text = await textOf({ gate, diff: { ...diff, tasks: () => tasks } });
    expect(text.length).toBeLessThanOrEqual(65_536);
    expect(text).toContain('**Regressed (5,000)**');
    expect(text).toContain('- 4,980 more tasks: the json report lists them\n');
    expect(text.match(/<details>/g)?.length).toBe(text.match(/<\/details>/g)?.length);
  });
});

describe('comparisonBlocks()', () => {
  it('tells a comparison in short, without folds, steps and the reasons that the gate of the run has', () => {
    const text = comparisonBlocks(sampleDiff()).join('\n');
    expect(text.startsWith('**✗ Comparison failed**\n\n- base ')).toBe(true);
    expect(text).toContain('| ✗ | cost of a trial | &#36;0.0123 |');
    expect(text).toContain('**Flaky');
    expect(text).not.toMatch(/<details>|```|Fixed/);
  });

  it('is inert whatever the texts are', () => {
    expect(prose(comparisonBlocks(hostileDiff()).join('\n'))).not.toMatch(
      /[<`$@]|\]\(|!\[|#\d|https?:\/\/|www\./,
    );
  });
});
