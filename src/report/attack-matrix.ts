import type { RowResult } from '../model/run.ts';
import { counted } from './figures.ts';
import { taskText } from './finding-lines.ts';
import type { Ink } from './ink.ts';
import { type MatrixCell, type OutcomeMatrix, outcomeMatrix } from './outcome-matrix.ts';
import { type Cell, type Column, drawTable } from './table.ts';
import { grouped } from './task-tables.ts';
import { wrap, wrapBehind } from './wrap.ts';

const MOST_ATTACKS = 8;
/** Columns that a task and the cells beside it need, and an attack. */
const ROOM_OF_TASK = 30;
const ROOM_OF_ATTACK = 10;

/** Tables of tasks by attacks, one for each suite and agent that is attacked. */
export async function attackMatrices(rows: readonly RowResult[], ink: Ink): Promise<string[]> {
  const lines: string[] = [];
  for (const group of grouped(rows)) {
    if (group.some(({ outcomes }) => outcomes)) lines.push(...(await matrixLines(group, ink)), '');
  }
  return lines;
}

async function matrixLines(group: readonly RowResult[], ink: Ink): Promise<string[]> {
  const matrix = outcomeMatrix(group, ink.signs, attacksThatFit(ink.width));
  const columns: Column[] = [
    { head: 'Task', least: 14, last: 6 },
    { head: 'Alone' },
    ...matrix.attacks.map(
      (attack): Column => ({
        head: ink.line(attack, 20),
        ...{ least: ROOM_OF_ATTACK - 2, last: 4 },
      }),
    ),
  ];
  const rows = matrix.lines.map(({ task, cells }): Cell[] => [
    { text: taskText(task, ink) },
    ...cells.map((cell) => paintedCell(cell, ink)),
  ]);
  const legend = matrix.legend.join(` ${ink.signs.dot} `);
  return [
    ...titleLines(group, ink),
    ...(await drawTable(columns, rows, ink, '  ')),
    ...wrapBehind('  ', legend, ink.width).map(ink.faint),
    ...leftText(matrix).flatMap((text) =>
      wrap(`${ink.signs.ellipsis} ${text}`, ink.width).map(ink.faint),
    ),
  ];
}

/** What a matrix leaves out, in words; nothing where it holds all. */
export function leftText({ left }: OutcomeMatrix): string[] {
  const parts = [
    ...(left.tasks > 0 ? [counted(left.tasks, 'more task')] : []),
    ...(left.attacks > 0 ? [counted(left.attacks, 'more attack')] : []),
  ];
  return parts.length === 0 ? [] : [`${parts.join(' and ')}: the json report lists them`];
}

function titleLines([first]: readonly RowResult[], ink: Ink): string[] {
  const names = [first?.suite ?? '', first?.agent ?? ''].map((name) => ink.line(name, 80));
  return wrap([...names, 'under attack'].join(` ${ink.signs.dot} `), ink.width).map(ink.strong);
}

function attacksThatFit(width: number | null): number {
  if (width === null) return MOST_ATTACKS;
  const fit = Math.floor((width - ROOM_OF_TASK) / ROOM_OF_ATTACK);
  return Math.min(Math.max(fit, 1), MOST_ATTACKS);
}

function paintedCell({ text, worst }: MatrixCell, { as }: Ink): Cell {
  if (worst === null) return { text };
  const paints = {
    led_astray: as.fail,
    violated: as.fail,
    undecided: as.error,
    not_delivered: as.skip,
    unsolved: as.fail,
    solved: as.pass,
  } satisfies Record<NonNullable<MatrixCell['worst']>, unknown>;
  return { text, paint: paints[worst] };
}
