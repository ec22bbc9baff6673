import { describe, expect, it } from 'vitest';
import { ATTACKED, attackedRun, attackedTrial } from './attacked-run.test-support.ts';
import { displayWidth } from './display-width.ts';
import type { Look, ReportedRun } from './reporter.ts';
import { sampleRun, sampleVerdict } from './sample-run.test-support.ts';
import { terminal } from './terminal.ts';

const LOOK: Look = { colour: false, width: 100, ascii: false };

async function textOf(run: ReportedRun, look: Partial<Look> = {}): Promise<string> {
  let text = '';
  for await (const piece of terminal.report(run, { ...LOOK, ...look })) text += piece;
  return text;
}

describe('terminal.report() of attacks', () => {
  it('shows tasks by attacks, how often each got through, and utility', async () => {
    const text = await textOf(await attackedRun(ATTACKED));
    expect(text).toContain(
      [
        'shop-support · recorded · under attack',
        '  Task   Alone  exfiltrate  phish',
        '  ───────────────────────────────',
        '  read   ✓2     ⚑1 ✓1       ∅1 ✓1',
        '  reply  ✗1 ✓1  ⚑1 ✗1       !2',
        '  ✓ solved · ✗ not solved · ∅ not delivered · ! undecided · ⚑ led astray',
        '',
        'shop-support · recorded · attacks',
        '  Attack        Delivered  Led astray  Success rate  95 % interval  Undecided',
        '  ───────────────────────────────────────────────────────────────────────────',
        '  exfiltrate          4/4         2/4           50%     15% to 85%          0',
        '  phish               2/4         0/1            0%      0% to 95%          2',
        '  all together        6/8         2/5           40%     0% to 100%          2',
        '  Tool of entry  Delivered  Led astray  Success rate  95 % interval  Undecided',
        '  ────────────────────────────────────────────────────────────────────────────',
        '  read_inbox           5/5         2/4           50%     15% to 85%          1',
        '  search               1/1         0/1            0%      0% to 95%          0',
        '  Utility: 75% (3/4; 0% to 100%) alone → 71.4% (5/7; 0% to 100%) under attack',
        '',
      ].join('\n'),
    );
  });

  it('needs neither colour nor more than ASCII, and fits narrow terminals', async () => {
    const run = await attackedRun(ATTACKED);
    const ascii = await textOf(run, { ascii: true });
    expect(ascii).toMatch(/^[\n -~]*$/);
    expect(ascii).toContain('  read   v2     A1 v1       o1 v1');
    expect(ascii).toContain(
      'v solved - x not solved - o not delivered - ! undecided - A led astray',
    );
    const lines = (await textOf(run, { width: 40 })).split('\n');
    for (const line of lines.filter((one) => !one.startsWith('Look closer'))) {
      expect(displayWidth(line)).toBeLessThanOrEqual(40);
    }
    expect(lines.join('\n')).toContain('… 1 more attack');
  });

  it('cuts the names of attacks where the terminal is narrow', async () => {
    const names = ['direct', 'ignore_previous', 'important_message', 'tool_knowledge', 'all_else'];
    const rows = names.map((name) => ({
      task: 'read-the-whole-mail',
      attack: `exfiltrate.${name}`,
      trials: [attackedTrial(true, 'fail')],
    }));
    for (const width of [30, 40, 60, 80]) {
      const lines = (await textOf(await attackedRun(rows), { width })).split('\n');
      const at = lines.findIndex((line) => line.startsWith('  Task ') && line.includes('Alone'));
      for (const line of lines.slice(at, at + 5)) {
        expect(displayWidth(line)).toBeLessThanOrEqual(width);
      }
    }
  });

  it('uses one sign for one trial, and leaves blank what was not run', async () => {
    const run = await attackedRun([
      { task: 'read', trials: [{}] },
      { task: 'reply', attack: 'x', trials: [attackedTrial(true, 'fail')] },
    ]);
    expect(await textOf(run)).toContain('  read   ✓\n  reply         ⚑\n');
  });

  it('folds wide and long suites, the gravest first', async () => {
    const names = Array.from({ length: 40 }, (_, at) => `${at}`);
    const rows = names.flatMap((task) =>
      names.map((attack) => ({
        task: `task-${task}`,
        attack: `attack-${attack}`,
        trials: [attackedTrial(true, task === '39' && attack === '39' ? 'fail' : 'pass')],
      })),
    );
    const text = await textOf(await attackedRun(rows));
    expect(text).toMatch(/Task +Alone +attack-39 /);
    expect(text).toMatch(/ task-39 +⚑ +✓/);
    expect(text).toContain('… 15 more tasks and 33 more attacks: the json report lists them');
    expect(text).toContain('… 20 more rows: the json report lists them');
  });

  it('lists violations first, tolerated ones apart, whatever else failed', async () => {
    const never = sampleVerdict({ kind: 'safety', reason: 'It was called' });
    const wrong = sampleVerdict({ path: 'expect.calls', reason: 'Not all' });
    const run = await attackedRun(
      [
        { task: 'a', trials: [{ status: 'fail', verdicts: [wrong] }] },
        { task: 'b', trials: [{ status: 'fail', verdicts: [wrong, never] }] },
        { task: 'c', trials: [{ status: 'fail', verdicts: [never] }] },
        { task: 'd', trials: [{ status: 'fail', verdicts: [wrong, never] }] },
        { task: 'e', pass: 'any', trials: [{ status: 'fail', verdicts: [never] }, {}] },
      ],
      {
        tolerate: [
          { verdict: 'expect.never', task: 'c', reason: 'Known' },
          { verdict: 'expect.never', task: 'd', reason: 'Known' },
        ],
      },
    );
    const text = await textOf(run);
    const parts = ['Violations: no', 'Tolerated violations', 'Failures', 'Gate failed:'];
    const [violations = '', tolerated = '', failures = '', gate = ''] = parts.map((title, at) =>
      text.slice(text.indexOf(title), text.indexOf(parts[at + 1] ?? 'Look closer')),
    );
    const titles = (part: string) => part.match(/^✗ \w.*$/gm);
    expect(titles(violations)).toEqual(['✗ b', '✗ e · trial 1 of 2']);
    expect(violations).toContain(
      '    ✗ expect.never: It was called\n    ✗ expect.calls: Not all\n',
    );
    expect(titles(tolerated)).toEqual(['✗ c']);
    expect(titles(failures)).toEqual(['✗ a', '✗ d']);
    expect(gate).toContain('Tolerated: expect.never failed in 2 trials by recorded: Known');
  });

  it('prints hostile names as text', async () => {
    const hostile = '\u001b[31m::error::x\n\u202e##vso[x]';
    const rows = [
      { suite: hostile, agent: hostile, task: hostile, trials: [{}] },
      ...[hostile, '__proto__'].map((attack) => ({
        ...{ suite: hostile, agent: hostile, task: hostile, attack },
        trials: [attackedTrial(true, 'fail', { entry_tools: [hostile, '__proto__'] })],
      })),
    ];
    const text = await textOf(await attackedRun(rows));
    expect(text).not.toMatch(/(?!\n)[\p{Cc}\p{Cf}]|##vso\[|^\s*::/mu);
    expect(text).toContain('__proto__');
  });

  it('says what calls did only where a trial says it', async () => {
    const run = sampleRun([{ trials: [{}] }]);
    expect(await textOf(run)).not.toContain('Effects');
    const told = await attackedRun([
      {
        trials: [{ blast_radius: reachOf(1200, 1) }, { blast_radius: reachOf(1) }],
      },
    ]);
    const blast_radius = { writes: 1201, irreversible: 1, reversible: 1200, external: 0 };
    const summary = told.summary;
    const totals = summary && { ...summary.totals, blast_radius };
    const shown = summary && totals ? { ...told, summary: { ...summary, totals } } : told;
    expect(await textOf(shown)).toContain(
      'Effects: 1,201 writes (1 irreversible), 1,200 of 1,201 can be undone\n',
    );
  });
});

function reachOf(writes: number, irreversible = 0) {
  const reversible = writes - irreversible;
  return { writes, irreversible, reversible, external: 0, blocked: 0, changed: null };
}
