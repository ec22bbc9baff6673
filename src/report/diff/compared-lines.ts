import { levelText } from '../../gate/comparison-words.ts';
import type { Ink } from '../ink.ts';
import { type Cell, type Column, drawTable } from '../table.ts';
import { wrapBehind } from '../wrap.ts';
import type { ComparedRow } from './compared-rows.ts';

/** Columns from which on figures stand in a table. */
const TABLE_WIDTH = 60;
const MOST_ROWS = 30;

/** Figures of both runs, whose intervals are of that level, under a title: as a table, or one under the other where that is too wide; nothing without rows. */
export async function comparedLines(
  title: string,
  rows: readonly ComparedRow[],
  level: number,
  ink: Ink,
): Promise<string[]> {
  if (rows.length === 0) return [];
  const shown = rows.slice(0, MOST_ROWS);
  const isNarrow = ink.width !== null && ink.width < TABLE_WIDTH;
  const lines = isNarrow
    ? shown.flatMap((row) => comparedText(row, ink))
    : await tableOf(shown, level, ink);
  const left = rows.length - shown.length;
  const more = `${ink.signs.ellipsis} ${left} more: the json report has them`;
  return [
    ...wrapBehind('', title, ink.width).map(ink.strong),
    ...lines,
    ...(left > 0 ? wrapBehind('  ', more, ink.width).map(ink.faint) : []),
    '',
  ];
}

/** One figure in words: `pass rate 87.5% → 50%, -37.5 pt (-67 pt to -8 pt)`. */
export function comparedText(row: ComparedRow, ink: Ink): string[] {
  const { none, answer } = ink.signs;
  const bounds = row.interval === '' ? '' : ` (${row.interval})`;
  const parts = [
    `${row.name} ${row.base || none} ${answer} ${row.head || none}`,
    ...(row.difference === '' ? [] : [row.difference + bounds]),
    ...(row.ratio === '' ? [] : [row.ratio]),
    ...(row.p === '' ? [] : [`p ${row.p}`]),
  ];
  return wrapBehind(`${signOf(row, ink)} `, parts.join(', '), ink.width).map(paintOf(row, ink));
}

async function tableOf(rows: readonly ComparedRow[], level: number, ink: Ink): Promise<string[]> {
  const used = columnsOf(level).filter(({ key }) => rows.some((row) => row[key] !== ''));
  const cells = rows.map((row): Cell[] => {
    const paint = paintOf(row, ink);
    const texts = used.map(({ key }) => ({ text: row[key] || ink.signs.none, paint }));
    return [{ text: signOf(row, ink), paint }, ...texts];
  });
  return drawTable([{ head: '' }, ...used.map(({ column }) => column)], cells, ink, '  ');
}

/** Which text of a row each column shows. */
const columnsOf = (
  level: number,
): readonly { readonly key: Exclude<keyof ComparedRow, 'verdict'>; readonly column: Column }[] => [
  { key: 'name', column: { head: '', least: 12, last: 6 } },
  { key: 'base', column: { head: 'Base', align: 'right', least: 6, last: 5 } },
  { key: 'head', column: { head: 'Head', align: 'right', least: 6, last: 5 } },
  { key: 'difference', column: { head: 'Difference', align: 'right', least: 8, last: 6 } },
  { key: 'interval', column: { head: `${levelText(level)} interval`, align: 'right', spare: 1 } },
  { key: 'ratio', column: { head: 'Change', align: 'right', spare: 3 } },
  { key: 'p', column: { head: 'p', align: 'right', spare: 2 } },
];

function signOf({ verdict }: ComparedRow, { signs }: Ink): string {
  if (verdict === null) return ' ';
  return verdict === 'better' ? signs.pass : signs.fail;
}

function paintOf({ verdict }: ComparedRow, ink: Ink): (text: string) => string {
  if (verdict === null) return (text) => text;
  return verdict === 'better' ? ink.as.pass : ink.as.fail;
}
