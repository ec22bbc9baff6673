import { describe, expect, it } from 'vitest';
import type { HeldDiff } from '../../diff/held-diff.ts';
import { displayWidth } from '../display-width.ts';
import type { Look } from '../reporter.ts';
import { hostileDiff } from './hostile-diff.test-support.ts';
import { sampleDiff } from './sample-diff.test-support.ts';
import { SAMPLE_STEPS, sampleTask, shownTrial } from './sample-task.test-support.ts';
import { terminal } from './terminal.ts';

const ESCAPE = String.fromCharCode(27);

async function textOf(reported: HeldDiff, look: Partial<Look> = {}): Promise<string> {
  let text = '';
  const whole = { colour: false, width: 110, ascii: false, ...look };
  for await (const piece of terminal.report(reported, whole)) text += piece;
  return text;
}

describe('terminal.report() of a comparison', () => {
  it('says first what the gate says, and what was compared', async () => {
    const text = await textOf(sampleDiff());
    expect(text.split('\n').slice(0, 11)).toEqual([
      '✗ Comparison failed: shop-support by recorded: the pass rate fell from 87.5% to 50%',
      '',
      'Base  20261120-090000-abc · main a1b2c3d4e5 · version=1.4 · 2026-11-20 09:00 · 32 trials · gate pass',
      'Head  20261122-171100-def · faster c0ffee0123 with changes · version=1.5 · 2026-11-22 17:11 · 32 trials · gate',
      '      fail',
      '5 tasks compared, aligned by suite, task, attack, agent',
      '! Not compared: 1 missing in head, 1 new in head, 1 edited, 1 quarantined',
      '! Missing: cancel-order',
      '! 1 task without a decided trial in one of the runs',
      '! 1 task with fewer decided trials than base (change-address 4 to 0)',
      '! 4 trials of head lost to errors or skips',
    ]);
  });

  it('gives figures with intervals, and what would show a smaller difference', async () => {
    const text = await textOf(sampleDiff());
    expect(text).toMatch(/✗ {2}pass rate +87\.5% +50% +-37\.5 pt +-67 pt to -8 pt +– +0\.004\n/);
    expect(text).toMatch(/\+\$0\.0025 +\+\$0\.0015 to \+\$0\.0035 +\+20% \(\+12% to \+29%\)/);
    expect(text).toContain(
      '· Smallest difference that shows, 4 times in 5: 18 points. More tasks would help more than trials: about 120\n  tasks to show the margin of 3 points\n',
    );
    expect(text).toMatch(/✗ {2}polite \(turned on 2\) +20\/24 83\.3% +12\/24 50% +-33\.3 pt/);
    expect(text).toMatch(/all attacks +1\/8 12\.5% +4\/8 50%/);
  });

  it('tells the level of its intervals', async () => {
    const { diff, gate } = sampleDiff();
    const summary = { ...diff.summary, level: 0.978 };
    expect(await textOf({ diff: { ...diff, summary }, gate })).toContain(' 97.8% interval ');
  });

  it('lists the tasks that changed, the gravest first, with why', async () => {
    const text = await textOf(sampleDiff());
    const titles = text
      .match(/^[A-Z].* \(\d+\)$/gm)
      ?.map((line) => line.split(/[:(]/, 1)[0]?.trim());
    expect(titles).toEqual(
      'Regressed Missing Undecided Flaky Edited Quarantined Fixed New'.split(' '),
    );
    expect(text).toContain(
      '✗ refund-late-order · 4/4 → 0/4, p 0.029, holds after Holm\n    suites/shop.suite.yaml:12\n    expect.calls.in_order: 4/4 → 0/4\n',
    );
    expect(text).toContain(
      'in quarantine until 2026-12-31, owner ana: The carrier changed its API',
    );
  });

  it('lays the steps of the gravest side by side, folds what is equal and marks where they part', async () => {
    const text = await textOf(sampleDiff());
    expect(text).toContain(
      [
        'Steps of refund-late-order',
        '  base                                                   head',
        '  … 2 steps the same',
        '  2 result → { total: 42.5, shipping: 4.9 }              2 result → { total: 42.5, shipping: 4.9 }',
        '◆ first divergence',
        '  3 call refund_order(order_id: "…9, note: "Shipping") ≠ 3 call refund_order(order_id: "…5, note: "Shipping")',
        '    amount: 4.9 → 42.5',
        '  4 result → { refunded: 4.9 }                         ≠ 4 result → { refunded: 42.5 }',
        '    result.refunded: 4.9 → 42.5',
        '                                                       + 5 call send_email(to: "customer")',
        '                                                       + 6 result → { sent: true }',
        '  5 assistant I refunded the shipping of $4.90         ~ 7 assistant Done: I refunded your order',
        '  base: agentops show 20261120-090000-abc bbbbbbbbbbbb',
        '  head: agentops show 20261122-171100-def eeeeeeeeeeee',
        '',
      ].join('\n'),
    );
  });

  it('lays them one under the other where the terminal is narrow', async () => {
    const text = await textOf(sampleDiff(), { width: 80 });
    expect(text).toContain(
      [
        '◆ first divergence',
        '- 3 call refund_order(order_id: "1042", amount: 4.9, note: "Shipping")',
        '+ 3 call refund_order(order_id: "1042", amount: 42.5, note: "Shipping")',
        '    amount: 4.9 → 42.5',
        '- 4 result → { refunded: 4.9 }',
        '',
      ].join('\n'),
    );
    expect(text).not.toContain('  base  ');
  });

  it('says where steps are not there, where only the ends differ, and where all is the same', async () => {
    const regressed = [sampleTask({ change: 'regressed' }, [1, 1], [0, 1])];
    const [task] = regressed;
    if (!task) throw new Error('a task was made');
    const base = shownTrial(task, 'base', SAMPLE_STEPS.base);
    const beside = (head: typeof base) =>
      textOf(sampleDiff({ tasks: regressed, pair: async () => ({ base, head }) }));
    expect(await beside({ ...base, trajectory: null })).toContain(
      '  The steps of head were not kept, so they cannot be aligned\n',
    );
    expect(await beside(shownTrial(task, 'head', SAMPLE_STEPS.base, 'agent_error'))).toContain(
      '◆ first divergence: base ended completed, head agent_error\n',
    );
    expect(await beside(base)).toContain('  … 6 steps the same\n  Both did the same\n');
  });

  it('tells the same without colours, and in ASCII', async () => {
    const plain = await textOf(sampleDiff());
    const coloured = await textOf(sampleDiff(), { colour: true });
    expect(coloured).toContain(`${ESCAPE}[31m`);
    expect(coloured.replaceAll(new RegExp(`${ESCAPE}\\[\\d+m`, 'g'), '')).toBe(plain);
    expect(await textOf(hostileDiff(), { ascii: true })).toMatch(/^[\n -~]*$/);
  });

  it.each([20, 40, 80, 120, 200])('fits %i columns, whatever the texts are', async (width) => {
    for (const reported of [sampleDiff(), hostileDiff(), hostileDiff('漢'.repeat(300))]) {
      const lines = (await textOf(reported, { width })).split('\n');
      for (const line of lines) expect(displayWidth(line), line).toBeLessThanOrEqual(width);
      expect(lines.filter((line) => line.endsWith(' '))).toEqual([]);
    }
  });

  it.each([null, 30, 150])(
    'lets no text from outside steer a terminal or a CI system at %s columns',
    async (width) => {
      const text = await textOf(hostileDiff(), { width });
      expect(text).not.toMatch(/(?!\n)[\p{Cc}\p{Cf}]|##vso\[|##teamcity\[|^\s*::/mu);
      expect(text).toContain('evil.example');
    },
  );

  it('stays short however many tasks changed, and counts the rest', async () => {
    const tasks = Array.from({ length: 10_000 }, (_, at) =>
      sampleTask({ task: `task-${at}`, change: at < 9000 ? 'regressed' : 'fixed' }, [1, 1], [0, 1]),
    );
    const text = await textOf(sampleDiff({ tasks }));
    expect(text.split('\n').length).toBeLessThan(250);
    expect(text).toContain('Regressed (9,000)\n');
    expect(text).toContain('… 8,980 more tasks: the json report lists them\n');
  });
});
