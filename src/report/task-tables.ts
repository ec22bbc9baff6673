import { groupBy } from '../json/group-by.ts';
import type { RowResult } from '../model/run.ts';
import { counted, countText, percentage, scoreText } from './figures.ts';
import { taskText } from './finding-lines.ts';
import type { Ink } from './ink.ts';
import { type Cell, type Column, drawTable } from './table.ts';
import { wrap } from './wrap.ts';

const MOST_ROWS = 50;
const urgency = { fail: 0, error: 1, skip: 2, pass: 3 } satisfies Record<
  RowResult['status'],
  number
>;

/** Tables of the tasks, one for each suite and agent; of a large run those that did not pass come first and the rest is counted. What passed under attack stands in the matrix of attacks alone. */
export async function taskTables(rows: readonly RowResult[], ink: Ink): Promise<string[]> {
  const listed = rows.filter(isListed);
  const chosen = mostUrgent(listed);
  const lines: string[] = [];
  for (const group of grouped(rows)) {
    const shown = group.filter((row) => chosen.has(row));
    if (shown.length === 0) {
      if (!group.some(isListed)) lines.push(...headLines(group, ink), '');
      continue;
    }
    if (chosen.size < listed.length) shown.sort((a, b) => urgency[a.status] - urgency[b.status]);
    lines.push(...headLines(group, ink), ...(await groupTable(shown, ink)), '');
  }
  if (chosen.size < listed.length) lines.push(...leftLines(listed, chosen, ink), '');
  return lines;
}

/** Whether a row stands in a table of tasks: what passed under attack stands in the matrix. */
function isListed({ attack, status }: RowResult): boolean {
  return attack === null || status !== 'pass';
}

/** The rows of each suite and agent, in plan order. */
export function grouped(rows: readonly RowResult[]): RowResult[][] {
  return [...groupBy(rows, ({ suite, agent }) => JSON.stringify([suite, agent])).values()];
}

function mostUrgent(rows: readonly RowResult[]): ReadonlySet<RowResult> {
  if (rows.length <= MOST_ROWS) return new Set(rows);
  const sorted = [...rows].sort((a, b) => urgency[a.status] - urgency[b.status]);
  return new Set(sorted.slice(0, MOST_ROWS));
}

function headLines(group: readonly RowResult[], ink: Ink): string[] {
  const [first] = group;
  const passed = group.filter(({ status }) => status === 'pass').length;
  const names = [first?.suite ?? '', first?.agent ?? ''].map((name) => ink.line(name, 80));
  const attacked = group.filter(({ attack }) => attack !== null).length;
  const alone = group.length - attacked;
  const tally =
    attacked === 0
      ? `${countText(passed)} of ${counted(group.length, 'task')} passed`
      : `${countText(passed)} of ${countText(group.length)} passed, ${countText(alone)} alone and ${countText(attacked)} under attack`;
  return wrap([...names, tally].join(` ${ink.signs.dot} `), ink.width).map(ink.strong);
}

async function groupTable(rows: readonly RowResult[], ink: Ink): Promise<string[]> {
  const ks = powers(rows);
  const attacked = rows.some(({ attack }) => attack !== null);
  const columns: Column[] = [
    { head: '' },
    { head: 'Task', least: 6 },
    ...(attacked ? [{ head: 'Attack', least: 6, spare: 1 }] : []),
    { head: 'Trials', align: 'right' },
    { head: 'Score', align: 'right', spare: 2 },
    ...ks.map((k): Column => ({ head: `pass^${k}`, align: 'right', spare: 3 })),
  ];
  const cells = rows.map((row): Cell[] => {
    const paint = ink.as[row.status];
    return [
      { text: ink.signs[row.status], paint },
      { text: taskText(row.task, ink), ...(row.status !== 'pass' && { paint }) },
      ...(attacked ? [{ text: ink.line(row.attack ?? ink.signs.none, 80) }] : []),
      { text: `${countText(row.passed)}/${countText(row.trials)}` },
      { text: scoreText(row.score, ink.signs.none) },
      ...ks.map((k) => ({ text: percentage(row.pass_hat_k[k] ?? null, ink.signs.none) })),
    ];
  });
  return drawTable(columns, cells, ink, '  ');
}

/** The exponents to show: 2 and the highest that a row has, none where each task has one trial. */
function powers(rows: readonly RowResult[]): number[] {
  const highest = rows.reduce(
    (most, { pass_hat_k }) =>
      Object.keys(pass_hat_k).reduce((k, key) => Math.max(k, Number(key)), most),
    1,
  );
  return highest > 2 ? [2, highest] : highest === 2 ? [2] : [];
}

function leftLines(rows: readonly RowResult[], chosen: ReadonlySet<RowResult>, ink: Ink): string[] {
  const left = rows.filter((row) => !chosen.has(row));
  const bad = left.filter(({ status }) => status !== 'pass').length;
  const note = bad > 0 ? `, ${countText(bad)} of which did not pass` : ', all of which passed';
  const text = `${ink.signs.ellipsis} ${counted(left.length, 'more task')}${note}: the json report lists them`;
  return wrap(text, ink.width).map(ink.faint);
}
