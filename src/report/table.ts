import { cutMiddle, displayWidth } from './display-width.ts';
import type { Ink } from './ink.ts';

/** A column of a table. */
export interface Column {
  readonly head: string;
  readonly align?: 'left' | 'right';
  /** Fewest columns that it can be cut to; without it, it is not cut. */
  readonly least?: number;
  /** Columns with a higher number go first where the terminal is narrow; without it, it stays. */
  readonly spare?: number;
  /** Fewest columns that it is cut to where the others are cut and gone already. */
  readonly last?: number;
}

/** A cell: safe text, and how to paint it once it has its size. */
export interface Cell {
  readonly text: string;
  readonly paint?: (text: string) => string;
}

const GAP = 2;
/** Columns of a cell that may be cut, on lines of any length. */
const LONGEST_CELL = 80;

/** Lays safe text out as the lines of a table under a ruled head, fitted to the terminal. */
export async function drawTable(
  columns: readonly Column[],
  rows: readonly (readonly Cell[])[],
  ink: Ink,
  indent = '',
): Promise<string[]> {
  const { default: Table } = await import('cli-table3');
  const room = ink.width === null ? null : ink.width - indent.length;
  const widths = fitWidths(columns, rows, room);
  const shown = [...columns.keys()].filter((index) => (widths[index] ?? 0) > 0);
  const table = new Table({
    chars: noBorders,
    style: { head: [], border: [], 'padding-left': 0, 'padding-right': GAP },
    colAligns: shown.map((index) => columns[index]?.align ?? 'left'),
  });
  const place = (cell: Cell | undefined, index: number) => {
    const text = cutMiddle(cell?.text ?? '', widths[index] ?? 0, ink.signs.ellipsis);
    return cell?.paint ? cell.paint(text) : text;
  };
  table.push(shown.map((index) => place({ text: columns[index]?.head ?? '' }, index)));
  for (const row of rows) table.push(shown.map((index) => place(row[index], index)));
  const [head = '', ...body] = table
    .toString()
    .split('\n')
    .map((line) => line.trimEnd());
  const rule = ink.signs.rule.repeat(total(widths));
  return [ink.strong(head), ink.faint(rule), ...body].map((line) => indent + line);
}

/** Widths of the columns, 0 for those that are left out. */
function fitWidths(
  columns: readonly Column[],
  rows: readonly (readonly Cell[])[],
  room: number | null,
): number[] {
  const widths = columns.map((column, index) => {
    const widest = rows.reduce(
      (most, row) => Math.max(most, displayWidth(row[index]?.text ?? '')),
      displayWidth(column.head),
    );
    return column.least === undefined ? widest : Math.min(widest, LONGEST_CELL);
  });
  if (room === null) return widths;
  const spares = columns
    .map(({ spare }, index) => ({ spare, index }))
    .filter(({ spare }) => spare !== undefined)
    .sort((a, b) => (b.spare ?? 0) - (a.spare ?? 0));
  for (const { index } of spares) {
    if (total(leastWidths(columns, widths)) <= room) break;
    widths[index] = 0;
  }
  for (const bound of ['least', 'last'] as const) {
    for (const [index, { [bound]: fewest }] of columns.entries()) {
      const over = total(widths) - room;
      const width = widths[index] ?? 0;
      if (over <= 0 || fewest === undefined || width === 0) continue;
      widths[index] = Math.max(Math.min(fewest, width), width - over);
    }
  }
  return widths;
}

function leastWidths(columns: readonly Column[], widths: readonly number[]): number[] {
  return widths.map((width, index) => Math.min(width, columns[index]?.least ?? width));
}

function total(widths: readonly number[]): number {
  const shown = widths.filter((width) => width > 0);
  return shown.reduce((sum, width) => sum + width + GAP, -GAP);
}

const noBorders = {
  top: '',
  'top-mid': '',
  'top-left': '',
  'top-right': '',
  bottom: '',
  'bottom-mid': '',
  'bottom-left': '',
  'bottom-right': '',
  left: '',
  'left-mid': '',
  mid: '',
  'mid-mid': '',
  right: '',
  'right-mid': '',
  middle: '',
};
