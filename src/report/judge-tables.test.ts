import { describe, expect, it } from 'vitest';
import type { JudgeFigures } from '../model/judge-figures.ts';
import type { JudgeDetails } from '../model/llm-judge.ts';
import { ballotLines } from './ballot-lines.ts';
import { createInk } from './ink.ts';
import { json } from './json.ts';
import { judgeBlocks, judgeTable } from './judge-tables.ts';
import { markdown } from './markdown.ts';
import { sampleRun, sampleVerdict } from './sample-run.test-support.ts';
import { terminal } from './terminal.ts';

const HOSTILE = '\u001b[2J|\n::error::x ##vso[z]\u202e';
const LOOK = { colour: false, width: 120, ascii: false };

function figures(more: Partial<JudgeFigures> = {}): JudgeFigures {
  return {
    ...{ suite: 'shop', agent: 'a', judge: 'polite', wanted: 'at least 4' },
    ...{ pass: 7, fail: 2, error: 1, pass_rate: 7 / 9, corrected: null, kappa: null, drift: [] },
    ...{ flips: { changed: 0, of: 0 }, flagged: 0, canaries: null },
    ballots: { live: 0, recorded: 10, lost: 1, reasked: 0 },
    ...{ input_tokens: 0, output_tokens: 0, cost_usd: 0 },
    ...more,
  };
}

async function tableOf(all: readonly JudgeFigures[], width: number | null = 120): Promise<string> {
  return (await judgeTable(all, await createInk({ ...LOOK, width }))).join('\n');
}

describe('judgeTable()', () => {
  it('says nothing where no judge was asked', async () => {
    expect(await tableOf([])).toBe('');
    expect(judgeBlocks([])).toEqual([]);
  });

  it('tells what was answered, and leaves open what nobody calibrated', async () => {
    expect(await tableOf([figures()])).toBe(
      [
        'Judges',
        '  Judge   Wanted  Answered  Pass rate  Corrected  Kappa  Flips  Errors',
        `  ${'─'.repeat(68)}`,
        '  polite  >= 4        9/10      77.7%          –      –      –       1',
        '',
      ].join('\n'),
    );
  });

  it('adds kappa and the corrected rate of a calibrated judge, flags and canaries where there are any', async () => {
    const known = figures({
      corrected: { rate: 0.7, lower: 0.512, upper: 0.901 },
      kappa: -0.125,
      ...{ flips: { changed: 1, of: 9 }, flagged: 2, canaries: { asked: 3, missed: 1 } },
    });
    const table = await tableOf([known, figures({ agent: 'b' })]);
    expect(table).toContain('Flagged  Canaries');
    expect(table).toMatch(/70% \(51\.2% to 90\.1%\) +-0\.13 +1\/9 +1 +2 +2\/3/);
    expect(table).toMatch(/Agent +Judge/);
  });

  it('encodes names, and keeps them on one line at any width', async () => {
    for (const width of [null, 120, 40, 20]) {
      const table = await tableOf([figures({ judge: HOSTILE, wanted: HOSTILE })], width);
      expect(table).not.toMatch(/\p{Cc}(?<!\n)|\u202e|##vso/u);
      expect(table.split('\n').filter((line) => /^\s*::/.test(line))).toEqual([]);
    }
    const [block = ''] = judgeBlocks([figures({ judge: HOSTILE })]);
    expect(block.split('\n')[2]).toMatch(/^\| [^|]*&#124;[^|]*\|/);
  });

  it('counts what it leaves out', async () => {
    const many = Array.from({ length: 53 }, (_, at) => figures({ judge: `judge-${at}` }));
    expect(await tableOf(many)).toContain('… 3 more lines');
    expect(judgeBlocks(many)).toContain('3 more lines: the json report has them\n');
  });
});

describe('reports of a run with judges', () => {
  const judged = {
    judges: [figures({ cost_usd: 0.25, input_tokens: 900, output_tokens: 100 })],
  };
  const run = sampleRun([{ trials: [{ judge_cost_usd: 0.25 }] }], { summary: judged });
  const summary = run.summary;
  if (summary) {
    Object.assign(summary.totals, {
      ...{ judge_cost_usd: 0.25, judge_input_tokens: 900, judge_output_tokens: 100 },
    });
  }

  it('tell what judges cost, apart from the agents', async () => {
    const text = await textOf(terminal);
    expect(text).toContain('Judges\n');
    expect(text).toContain('judges $0.2500, 1,000 tokens');
    const markdownText = await textOf(markdown);
    expect(markdownText).toContain('<summary>Judges</summary>');
    expect(markdownText).toContain('judges $0.2500');
  });

  it('have the figures in the JSON report', async () => {
    const report = JSON.parse(await textOf(json));
    expect(report.judges).toEqual(judged.judges);
    expect(report.totals).toMatchObject({ judge_cost_usd: 0.25, judge_input_tokens: 900 });
    expect(report.trials[0].judge_cost_usd).toBe(0.25);
  });

  async function textOf(reporter: typeof terminal): Promise<string> {
    let text = '';
    for await (const piece of reporter.report(run, LOOK)) text += piece;
    return text;
  }
});

describe('ballotLines()', () => {
  const details: JudgeDetails = {
    ...{ judge: 'polite', wanted: { at_least: 4 }, agree: 'mean', answer: 4, holds: true },
    ballots: [
      ballot({ answer: 4, reason: 'Kind words' }),
      ballot({ vote: 2, answer: null, reason: HOSTILE, from: 'recorded', step: 3 }),
    ],
    flags: [`Step 2 reads like a verdict: ${HOSTILE}`],
  };

  it('tells every ballot with its reason, encoded', async () => {
    const lines = await linesOf(details);
    expect(lines[0]).toBe('  · small-judge, vote 1: 4 – Kind words');
    expect(lines.join('\n')).toMatch(
      /small-judge, vote 2, step 3, recorded: no answer – \\x1b\[2J/,
    );
    expect(lines.join('\n')).toContain('! may sway it: Step 2 reads like a verdict');
    expect(lines.join('\n')).not.toMatch(/\p{Cc}(?<!\n)|\u202e|##vso/u);
  });

  it('leaves the last of many out unless all is asked for', async () => {
    const many = { ...details, ballots: Array.from({ length: 25 }, () => ballot({})), flags: [] };
    expect(await linesOf(many)).toHaveLength(21);
    expect(await linesOf(many, true)).toHaveLength(25);
  });

  it('says nothing of other verdicts, nor of details that are no judge’s', async () => {
    const ink = await createInk(LOOK);
    expect(ballotLines(sampleVerdict({ details }), ink, '', false)).toEqual([]);
    const odd = sampleVerdict({ kind: 'judge', details: { ballots: 'none' } });
    expect(ballotLines(odd, ink, '', false)).toEqual([]);
  });

  function ballot(more: Partial<JudgeDetails['ballots'][number]>) {
    const same = { model: 'small-judge', vote: 1, answer: 3, reason: 'So so', evidence: [] };
    return { ...same, from: 'live' as const, asked: 1, ...more };
  }

  async function linesOf(told: JudgeDetails, full = false): Promise<string[]> {
    const ink = await createInk(LOOK);
    return ballotLines(sampleVerdict({ kind: 'judge', details: told }), ink, '  ', full);
  }
});
