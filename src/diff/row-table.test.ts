import { describe, expect, it } from 'vitest';
import { RowTable } from './row-table.ts';
import type { SideRow } from './side-row.ts';

const plain: SideRow = {
  ...{ suite: 'shop', task: 'refund', agent: 'bot', attack: null, trials: 3 },
  ...{ digest: null, pass: null, told: null },
};

function tableOf(rows: readonly SideRow[]): RowTable {
  const table = new RowTable();
  for (const row of rows) table.add(row, row.told);
  return table;
}

describe('RowTable', () => {
  const rows: SideRow[] = [
    plain,
    { ...plain, task: null, attack: 'leak', digest: 'd', at: { file: 'a.yaml', line: 7 } },
    { ...plain, task: '', suite: '__proto__', agent: 'constructor', skip: '', trials: 1e6 },
    { ...plain, task: 'b', pass: { at_least: 2 }, left_out: 0, grown_from: 3 },
    { ...plain, task: 'c', pass: { at_least: 2 }, quarantine: { until: '2027-01-01', owner: 'x' } },
    { ...plain, task: 'd', pass: { rate: 0.5 }, digest: '00112233445566ff' },
    { ...plain, task: 'e', pass: 'any', told: { status: 'error', passed: 2 } },
    { ...plain, task: 'f', told: { status: 'fail', passed: 0, not_tolerated: 0, unsure: 3 } },
    { ...plain, told: { status: 'pass', passed: 1, violated: [{ path: 'p', trials: 1 }] } },
  ];

  it('gives rows back as they were added', () => {
    const table = tableOf(rows);
    expect(table.length).toBe(rows.length);
    expect([...table]).toEqual(rows);
    expect([...table.entries()]).toEqual([...rows.entries()]);
    expect([table.at(-1), table.at(rows.length)]).toEqual([undefined, undefined]);
  });

  it('keeps of a SHA-256 what tells it from another', () => {
    const [one, other] = ['0', '1'].map((digit) => digit.repeat(64));
    const table = tableOf([one, other, one].map((digest = '') => ({ ...plain, digest })));
    const [first, second, third] = [...table].map(({ digest }) => digest);
    expect(first).toBe(third);
    expect(first).not.toBe(second);
    expect([...table.filter(() => true)]).toEqual([...table]);
  });

  it('tells a row later what it came to', () => {
    const table = tableOf([plain, plain]);
    table.tell(1, { status: 'fail', passed: 2 ** 40 });
    expect([...table].map(({ told }) => told)).toEqual([null, { status: 'fail', passed: 2 ** 40 }]);
  });
});
