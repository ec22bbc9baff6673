import type { RowResult } from '../model/run.ts';
import type { TaskHistory, TaskPoint } from '../store/task-history.ts';
import { counted, percentage, scoreText } from './figures.ts';
import { flakiestFirst, historyFigures, isEdited } from './history-figures.ts';
import type { Ink, Signs } from './ink.ts';
import { quarantineText } from './quarantine-text.ts';
import { isFlaky } from './row-story.ts';
import { type Cell, type Column, drawTable } from './table.ts';

const pointColumns: readonly Column[] = [
  { head: '' },
  { head: 'Run', last: 6 },
  { head: 'Started (UTC)', spare: 2 },
  { head: 'Commit', spare: 3 },
  { head: 'Passed', align: 'right' },
  { head: 'Score', align: 'right', spare: 1 },
  { head: 'Remarks', least: 6, spare: 5 },
  { head: 'Labels', least: 6, spare: 4 },
];

/** Lines about one task: how steady it was, a strip of its runs, and a table of them, oldest first. */
export async function historyLines(history: TaskHistory, ink: Ink): Promise<string[]> {
  const { points } = history;
  const dot = ` ${ink.signs.dot} `;
  const name = [
    nameOf(history),
    history.suite,
    `by ${history.agent}`,
    counted(points.length, 'run'),
  ];
  const rows = points.map((point, at) => pointCells(point, isEdited(points, at), ink));
  return [
    ink.strong(name.map((part) => ink.line(part, 80)).join(dot)),
    `  ${strip(history, ink)}  ${steadiness(history).join(dot)}`,
    ...quarantineLines(points.at(-1)?.row, ink),
    ...(await drawTable(pointColumns, rows, ink, '  ')),
  ];
}

/** Tasks that a table lists. */
const SHOWN = 100;

const taskColumns: readonly Column[] = [
  { head: '' },
  { head: 'Task', least: 12, last: 6 },
  { head: 'Suite', least: 6, spare: 2 },
  { head: 'Agent', least: 6, spare: 3 },
  { head: 'Runs', align: 'right' },
  { head: 'Flips', align: 'right' },
  { head: 'Flip rate', align: 'right' },
  { head: 'Mixed', align: 'right', spare: 4 },
  { head: 'History', last: 5 },
  { head: 'Quarantine', least: 6, spare: 5 },
];

/** Lines of a table of tasks, the flakiest first. */
export async function historiesTable(
  histories: readonly TaskHistory[],
  ink: Ink,
): Promise<string[]> {
  const shown = flakiestFirst(histories).slice(0, SHOWN);
  const rows = shown.map((history): Cell[] => {
    const { flips, pairs, flip_rate, mixed_rate } = historyFigures(history);
    const status = history.points.at(-1)?.row.status ?? 'error';
    const quarantine = history.points.at(-1)?.row.quarantine;
    return [
      { text: ink.signs[status], paint: ink.as[status] },
      { text: ink.line(nameOf(history), 60) },
      { text: ink.line(history.suite, 40) },
      { text: ink.line(history.agent, 40) },
      { text: String(history.points.length) },
      { text: `${flips}/${pairs}` },
      { text: percentage(flip_rate, ink.signs.none) },
      { text: percentage(mixed_rate, ink.signs.none) },
      { text: strip(history, ink) },
      { text: quarantine === undefined ? '' : ink.line(`until ${quarantine.until}`, 20) },
    ];
  });
  const left = histories.length - shown.length;
  const more = `${ink.signs.ellipsis} ${counted(left, 'task')} more: --json lists them`;
  return [...(await drawTable(taskColumns, rows, ink)), ...(left > 0 ? [ink.faint(more)] : [])];
}

function nameOf({ task, attack }: TaskHistory): string {
  return attack === null ? task : `${task} under ${attack}`;
}

function steadiness(history: TaskHistory): string[] {
  const { flips, pairs, flip_rate, mixed_rate, decided } = historyFigures(history);
  if (decided === 0) return ['never decided'];
  const steady =
    pairs === 0
      ? 'no two runs to compare'
      : `flipped ${flips} of ${counted(pairs, 'time')} (${percentage(flip_rate, '')})`;
  return [steady, `trials mixed in ${percentage(mixed_rate, '0%')} of runs`];
}

/** A sign a run, oldest first: its pass rate as a bar, or that it was not decided; a line before a run whose task was edited. */
function strip({ points }: TaskHistory, { signs }: Ink): string {
  const parts = points.map(
    ({ row }, at) => (isEdited(points, at) ? signs.lane : '') + bar(row, signs),
  );
  return parts.join('');
}

/** The lowest and the highest bar are for none and all alone. */
function bar({ pass_rate, status }: RowResult, signs: Signs): string {
  if (pass_rate === null) return signs[status];
  const top = signs.bars.length - 1;
  const between = 1 + Math.floor(pass_rate * (top - 1));
  return signs.bars.charAt(
    pass_rate === 0 ? 0 : pass_rate === 1 ? top : Math.min(between, top - 1),
  );
}

function pointCells(point: TaskPoint, edited: boolean, ink: Ink): Cell[] {
  const { row, commit, started_at, labels } = point;
  const status = row.status;
  const remarks = [
    edited ? 'edited' : [],
    isFlaky(row) ? 'mixed' : [],
    row.errored > 0 ? `${row.errored} in error` : [],
    row.quarantine === undefined ? [] : 'quarantined',
  ].flat();
  const marked = Object.entries(labels).map(([key, value]) => `${key}=${value}`);
  return [
    { text: ink.signs[status], paint: ink.as[status] },
    { text: ink.line(point.run, 60) },
    { text: ink.line(started_at.slice(0, 16).replace('T', ' '), 16) },
    { text: ink.line(commit?.slice(0, 8) ?? ink.signs.none, 8) },
    { text: `${row.passed}/${row.passed + row.failed}` },
    { text: scoreText(row.score, ink.signs.none) },
    { text: remarks.join(', ') },
    { text: ink.line(marked.join(', '), 80) },
  ];
}

function quarantineLines(row: RowResult | undefined, ink: Ink): string[] {
  if (row?.quarantine === undefined) return [];
  const words = `In quarantine ${quarantineText(row.quarantine)}`;
  return [`  ${ink.as.error(ink.line(words, 200))}`];
}
