import { describe, expect, it } from 'vitest';
import { ATTACKED, attackedRun, attackedTrial } from './attacked-run.test-support.ts';
import { sampleDiff } from './diff/sample-diff.test-support.ts';
import { markdown } from './markdown.ts';
import { commentSize } from './markdown-budget.ts';
import type { ReportedRun } from './reporter.ts';
import { sampleRun, sampleVerdict } from './sample-run.test-support.ts';

async function textOf(run: ReportedRun): Promise<string> {
  let text = '';
  const look = { colour: false, width: null, ascii: false };
  for await (const piece of markdown.report(run, look)) text += piece;
  return text;
}

/** A report less its blocks of code and the entities that stand for characters. */
function prose(text: string): string {
  return text.replace(/^(`{3,})text\n[\s\S]*?\n\1\n/gm, '').replace(/&#\d+;/g, '');
}

/** What our reports have of HTML; nothing from outside stands in it. */
const OWN_HTML =
  /^(<!-- agentops -->|<details>|<\/details>|<summary>[A-Za-z0-9 ,:-]*<\/summary>)$/gm;

const HOSTILE =
  '| `a` ```\n## <img src=x onerror=y> [x](http://evil.example) ![i](//e) @team #1 www.evil.example \u001b[31m\u202e ::error::x ##vso[y] $x$';

describe('markdown.report()', () => {
  it('tells figures, gate, violations, safety and failures', async () => {
    const gate = { tolerate: [{ verdict: 'attacks.x.goal', task: 'read', reason: 'Known' }] };
    const text = await textOf(await attackedRun(ATTACKED, gate));
    const headings = text.match(/^##.*$|(?<=^<summary>).*(?=<)/gm);
    expect(headings).toEqual([
      '## ✗ Gate failed',
      '### Violations',
      '### Failures',
      '### Errors: these could not be decided',
      'Safety',
      'Tolerated violations: 1',
      'Flaky: 2 tasks',
    ]);
    expect(text).toContain(
      '**12 trials: 6 passed, 4 failed, 2 in error, 0 skipped** · pass rate 60%',
    );
    expect(text).toContain(
      '- Violation: attacks.x.goal failed in 1 of 2 trials of "reply" under attack "exfiltrate" by recorded\n',
    );
    expect(text).toContain(
      '**reply** · attack exfiltrate · shop-support by recorded · 1 of 2 trials\n\n```text\nattacks.x.goal: Step 3',
    );
    expect(text).toContain('| read | ✓2 | ⚑1 ✓1 | ∅1 ✓1 |\n');
    expect(text).toContain('| exfiltrate | 4/4 | 2/4 | 50% | 15% to 85% |\n');
    expect(text).toContain('Utility: 75% (3/4; 0% to 100%) alone → 71.4%');
  });

  it('draws the hand-overs of what failed, and lets no name break out of the drawing', async () => {
    const run = await attackedRun([{ trials: [attackedTrial(true, 'fail')], attack: 'x' }]);
    const evil = 'a`\n```\n<b>end';
    const steps = [
      { type: 'handoff', from: 'triage', to: evil },
      { type: 'handoff', from: evil, to: 'triage' },
    ] as const;
    const record = {
      schema_version: 1,
      task: 't',
      agent: 'a',
      trial: 1,
      stop: 'completed',
    } as const;
    const text = await textOf({
      ...run,
      trajectory: async () => ({ ...record, steps: [...steps] }),
    });
    const drawn = text.match(/^```mermaid\n[\s\S]*?^```$/gm);
    expect(drawn).toHaveLength(1);
    expect(drawn?.[0]).toContain('participant a0 as triage\n');
    expect(drawn?.[0].split('\n')).toHaveLength(7);
  });

  it('is short where all is well', async () => {
    const text = await textOf(sampleRun([{ trials: [{}] }]));
    expect(text.trim()).toBe(
      '<!-- agentops -->\n## ✓ Gate passed\n\n**1 trial: 1 passed, 0 failed, 0 in error, 0 skipped** · 3.4 s',
    );
  });

  it('lets no text from outside be anything but text', async () => {
    const names = { suite: HOSTILE, agent: HOSTILE, task: HOSTILE };
    const bad = sampleVerdict({ path: HOSTILE, reason: HOSTILE });
    const run = await attackedRun([
      { ...names, trials: [{ status: 'fail', verdicts: [bad], reason: HOSTILE }] },
      { ...names, attack: HOSTILE, trials: [attackedTrial(true, 'fail')] },
    ]);
    const text = await textOf({ ...run, warnings: [HOSTILE] });
    expect(prose(text).replace(OWN_HTML, '')).not.toMatch(/<|\]\(|!\[|@|#\d|https?:\/\/|www\./);
    expect(prose(text).replace(/^#+ /gm, '')).not.toMatch(/`|\$/);
    expect(text).not.toMatch(/(?!\n)[\p{Cc}\p{Cf}]|##vso\[|^\s*::/mu);
    const rows = prose(text)
      .split('\n')
      .filter((line) => line.startsWith('|'));
    for (const row of rows) expect([4, 6]).toContain(row.split('|').length - 1);
  });

  it('shows the worst first, three of a kind, and folds the rest', async () => {
    const bad = { status: 'fail' as const, verdicts: [sampleVerdict({ path: 'expect.calls' })] };
    const rows = Array.from({ length: 60 }, (_, at) => ({
      task: `task ${at}`,
      trials: at < 50 ? [bad, {}] : [bad, { ...bad, reason: 'Early' }],
    }));
    const text = await textOf(sampleRun(rows));
    const [open = '', folded = ''] = text.split('<details>\n');
    const named = (part: string) => part.match(/(?<=^\*\*)task \d+/gm);
    expect(named(open)).toEqual(['task 50', 'task 50', 'task 51']);
    expect(folded).toMatch(/^<summary>67 more of these<\/summary>\n\n\*\*task 51\*\*/);
    expect(named(folded)).toHaveLength(17);
    expect(folded).toContain('50 more trials: the json report explains each\n\n</details>\n');
  });

  it('tells quarantine with owner and day, apart from failures, and what is flaky', async () => {
    const bad = { status: 'fail' as const, verdicts: [sampleVerdict({ path: 'expect.calls' })] };
    const quarantine = { until: '2026-12-01', owner: '@ana', reason: 'Flaps | often' };
    const text = await textOf(
      sampleRun([
        { task: 'aside', quarantine, trials: [bad, {}] },
        { task: 'flaky', status: 'pass', pass: 'any', trials: [bad, {}] },
        { task: 'fine', trials: [{}] },
      ]),
    );
    expect(text).toContain('<summary>In quarantine: 1 task</summary>\n');
    expect(text).toContain(
      '| ✗ | aside (shop-support by recorded) | 1/2 | 2026-12-01 | &#64;&#8203;ana | Flaps &#124; often |\n',
    );
    expect(text).toContain('<summary>Failed or undecided in quarantine: 1</summary>\n');
    expect(text).toContain('<summary>Flaky: 1 task</summary>\n');
    expect(text).toContain('| flaky (shop-support by recorded) | 1/2 | 50% |\n');
    expect(text.split('### Failures')[1]?.split('<details>')[0]).not.toContain('aside');
  });

  it('tells suites and agents apart where there are several', async () => {
    const text = await textOf(
      sampleRun([
        { task: 'a', agent: 'old', trials: [{ status: 'fail' }] },
        { task: 'a', agent: 'new', trials: [{}] },
        { task: 'b', agent: 'new', skip: 'Not now', trials: [{ status: 'skip' }] },
      ]),
    );
    expect(text).toContain('| shop-support | old | 0/1 | 0% | 0.00 |\n');
    expect(text).toContain('| shop-support | new | 1/1 | 100% | 1.00 |\n');
  });

  it('tells what the baseline says, also of a run that is read again', async () => {
    const comparison = sampleDiff();
    const run = sampleRun([{ trials: [{}] }]);
    const stored = { diff: comparison.diff.summary, gate: comparison.gate };
    const again = { ...run, summary: run.summary && { ...run.summary, comparison: stored } };
    for (const one of [{ ...run, comparison }, again]) {
      expect(await textOf(one)).toMatch(
        /### Against the baseline\n\n\*\*✗ Comparison failed\*\*\n\n- base [\s\S]*\| pass rate \|/,
      );
    }
    expect(await textOf(run)).not.toContain('baseline');
  });

  it('stays within it in bytes too, whatever the script', async () => {
    const reason = '漢'.repeat(500);
    const wrong = Array.from({ length: 4 }, () => sampleVerdict({ path: 'expect.calls', reason }));
    const rows = Array.from({ length: 40 }, (_, at) => ({
      task: `漢字 ${at}`,
      trials: [{ status: at % 2 ? ('fail' as const) : ('error' as const), verdicts: wrong }],
    }));
    const text = await textOf(sampleRun(rows));
    expect(commentSize(text)).toBeLessThanOrEqual(65_536);
    expect(commentSize(text)).toBeGreaterThan(55_000);
    expect(text).toContain('more parts did not fit');
    expect(text.match(/<details>/g)).toHaveLength(text.match(/<\/details>/g)?.length ?? 0);
  });

  it('stays within what a forge takes, shedding failures before violations', async () => {
    const reason = 'x'.repeat(10_000);
    const wrong = Array.from({ length: 10 }, () => sampleVerdict({ path: 'expect.calls', reason }));
    const never = sampleVerdict({ kind: 'safety', reason });
    const rows = Array.from({ length: 200 }, (_, at) => ({
      task: `${at}-${'y'.repeat(200)}`,
      trials: [{ status: 'fail' as const, verdicts: at % 2 ? wrong : [...wrong, never] }],
    }));
    const text = await textOf(await attackedRun(rows));
    expect(text.length).toBeLessThanOrEqual(65_536);
    expect(text).toContain('### Violations');
    expect(text).toMatch(/\d+ more parts did not fit: `agentops report 20261122-171100-abc/);
  });
});
