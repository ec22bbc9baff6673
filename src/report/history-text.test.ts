import { describe, expect, it } from 'vitest';
import { failedRow, sampleRow } from '../store/stored-runs.test-support.ts';
import type { TaskHistory } from '../store/task-history.ts';
import { historyJson } from './history-json.ts';
import { historiesTable, historyLines } from './history-text.ts';
import { createInk } from './ink.ts';

const quarantine = { until: '2026-12-31', owner: 'ada', reason: 'The clock \u001b[31mdrifts' };
const rows = [
  sampleRow({ digest: 'a' }),
  failedRow({ digest: 'b' }),
  failedRow({ digest: 'b', passed: 2, failed: 1, pass_rate: 2 / 3, score: 0.5 }),
  sampleRow({ digest: 'b', status: 'error', passed: 0, errored: 1, pass_rate: null, score: null }),
  sampleRow({ digest: 'b', passed: 3, quarantine }),
];
const history: TaskHistory = {
  suite: 'shop',
  task: 'refund\n::error::late',
  attack: 'note',
  agent: 'a',
  points: rows.map((row, at) => {
    const commit = at === 0 ? 'c'.repeat(40) : null;
    const started_at = '2026-11-20T10:00:00.000Z';
    return { run: `r${at}`, started_at, labels: { version: String(at) }, commit, row };
  }),
};
const inkOf = (ascii: boolean) => createInk({ colour: false, width: null, ascii });

describe('historyLines()', () => {
  it('draws a strip and a table of the runs, edits, mixed trials and quarantine told', async () => {
    expect(await historyLines(history, await inkOf(false))).toMatchInlineSnapshot(`
      [
        "refund\\n::error::late under note · shop · by a · 5 runs",
        "  █│▁▆!█  flipped 1 of 2 times (50%) · trials mixed in 25% of runs",
        "  In quarantine until 2026-12-31, owner ada: The clock \\x1b[31mdrifts",
        "     Run  Started (UTC)     Commit    Passed  Score  Remarks      Labels",
        "  ─────────────────────────────────────────────────────────────────────────",
        "  ✓  r0   2026-11-20 10:00  cccccccc     1/1   1.00               version=0",
        "  ✗  r1   2026-11-20 10:00  –            0/1   0.00  edited       version=1",
        "  ✗  r2   2026-11-20 10:00  –            2/3   0.50  mixed        version=2",
        "  !  r3   2026-11-20 10:00  –            0/0      –  1 in error   version=3",
        "  ✓  r4   2026-11-20 10:00  –            3/3   1.00  quarantined  version=4",
      ]
    `);
  });

  it('is ASCII where only that can be shown', async () => {
    const text = (await historyLines(history, await inkOf(true))).join('');
    expect(text).toContain('#|_=!#');
    expect(text).toMatch(/^[ -~]*$/);
  });
});

describe('historiesTable()', () => {
  it('lists tasks with their flip rates', async () => {
    expect(await historiesTable([history], await inkOf(false))).toMatchInlineSnapshot(`
      [
        "   Task                              Suite  Agent  Runs  Flips  Flip rate  Mixed  History  Quarantine",
        "───────────────────────────────────────────────────────────────────────────────────────────────────────────",
        "✓  refund\\n::error::late under note  shop   a         5    1/2        50%    25%  █│▁▆!█   until 2026-12-31",
      ]
    `);
  });
});

describe('historiesTable() of very many tasks', () => {
  it('lists some and counts the others', async () => {
    const lines = await historiesTable(new Array(20_000).fill(history), await inkOf(false));
    expect(lines).toHaveLength(103);
    expect(lines.at(-1)).toBe('… 19,900 tasks more: --json lists them');
  });
});

describe('historyJson()', () => {
  it('is a list with a task a line', () => {
    const text = historyJson([history]);
    expect(text.split('\n')).toHaveLength(4);
    const [task] = JSON.parse(text);
    expect(task).toMatchObject({
      attack: 'note',
      decided_runs: 4,
      flips: 1,
      pairs: 2,
      flip_rate: 0.5,
    });
    expect(task.runs.map(({ edited }: { edited: boolean }) => edited)).toEqual([
      false,
      true,
      false,
      false,
      false,
    ]);
    expect(task.runs[4].quarantine).toEqual(quarantine);
  });
});
