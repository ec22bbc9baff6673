import { parse } from 'csv-parse/sync';
import { describe, expect, it } from 'vitest';
import { csv } from './csv.ts';
import { csvLine } from './csv-text.ts';
import type { ReportedRun } from './reporter.ts';
import { sampleRun, sampleVerdict } from './sample-run.test-support.ts';

const LOOK = { colour: false, width: null, ascii: false };

async function read(run: ReportedRun): Promise<Record<string, string>[]> {
  let text = '';
  for await (const piece of csv.report(run, LOOK)) text += piece;
  return parse(text, { columns: true, record_delimiter: '\r\n' });
}

describe('csv.report()', () => {
  it('writes a line for each trial in plan order, what is not known as an empty cell', async () => {
    const verdicts = [
      sampleVerdict({ path: 'expect.calls', reason: 'No call, "none"' }),
      sampleVerdict({ path: 'expect.answer' }),
      sampleVerdict({ path: 'expect.says', status: 'error' }),
    ];
    const run = sampleRun([
      {
        task: 'b',
        attack: 'phish',
        trials: [
          { cost_usd: 0.5, input_tokens: 7 },
          { status: 'fail', verdicts },
        ],
      },
      { task: null, trials: [{ status: 'error', reason: 'Torn' }] },
    ]);
    const [first, second, third, ...more] = await read(run);
    expect(more).toEqual([]);
    expect(first).toMatchObject({
      ...{ run: run.id, suite: 'shop-support', task: 'b', agent: 'recorded', attack: 'phish' },
      ...{ trial: '1', status: 'pass', score: '1', stop: 'completed', reason: '' },
      ...{ failed_verdicts: '', input_tokens: '7', output_tokens: '', cost_usd: '0.5' },
    });
    expect(second).toMatchObject({
      ...{ trial: '2', status: 'fail', reason: 'No call, "none"' },
      ...{ failed_verdicts: 'expect.calls expect.answer', undecided_verdicts: 'expect.says' },
    });
    expect(third).toMatchObject({ task: '', status: 'error', score: '', reason: 'Torn' });
  });

  it('tells tags, and who mends what is in quarantine', async () => {
    const quarantine = { until: '2026-12-01', owner: '@ana' };
    const run = sampleRun([{ quarantine, trials: [{}] }]);
    const plan = { ...run.plan, rows: run.plan.rows.map((row) => ({ ...row, tags: ['a', 'b'] })) };
    expect((await read({ ...run, plan }))[0]).toMatchObject({
      ...{ tags: 'a b', quarantine_until: '2026-12-01', quarantine_owner: "'@ana" },
    });
  });

  it('holds one trial of many', async () => {
    const run = sampleRun([{ trials: Array.from({ length: 3000 }, () => ({})) }]);
    let asked = 0;
    let pieces = 0;
    const counted = {
      ...run,
      async *trials() {
        for await (const result of run.trials()) {
          asked++;
          yield result;
        }
      },
    };
    for await (const piece of csv.report(counted, LOOK)) {
      expect(piece.length).toBeLessThan(500);
      expect(asked - pieces).toBeLessThanOrEqual(2);
      pieces++;
    }
    expect(pieces).toBe(3001);
  });
});

describe('csvLine()', () => {
  it.each([
    ['plain', 'plain'],
    ['a,b', '"a,b"'],
    ['say "x"', '"say ""x"""'],
    ['a\nb', 'a\\nb'],
    ['=1+1', "'=1+1"],
    ['  @x', "'  @x"],
    ['\u00a0=1', "'\u00a0=1"],
    ['\uff1d1', "'\uff1d1"],
    ['\t=1', "'\\t=1"],
    ['\rx', "'\\x0dx"],
    ['-1', "'-1"],
    ['a=1', 'a=1'],
    ['', ''],
  ])('writes the text %j as %j', (text, written) => {
    expect(csvLine([text])).toBe(`${written}\r\n`);
  });

  it('leaves our own numbers alone', () => {
    expect(csvLine([-1.5, 1e-7, 0, null])).toBe('-1.5,1e-7,0,\r\n');
  });

  it('cuts what a cell cannot hold', () => {
    expect(csvLine(['x'.repeat(1e6)]).length).toBeLessThan(32_767);
  });
});
