import { isUtf8 } from 'node:buffer';
import { readFile } from 'node:fs/promises';
import { readFault } from '../io/disk-fault.ts';
import type { Fault } from '../model/suite.ts';
import { lineFault } from './json-lines.ts';
import type { PlacedLabel, ReadLabels } from './placed-label.ts';
import { tableRows } from './table-rows.ts';

const COLUMNS = [
  'task',
  'label',
  'agent',
  'trial',
  'suite',
  'attack',
  'judge',
  'step',
  'note',
  'by',
] as const;
type Column = (typeof COLUMNS)[number];
type Cells = Readonly<Record<Column, string>>;

/** Reads labels from a table in CSV whose first row names its columns: `task` and `label`, and what else there is of `agent`, `trial` (1), `suite`, `attack`, `judge`, `step`, `note`, `by`. Throws `input_fault` or `disk_fault`. */
export async function labelsInTable(file: string): Promise<ReadLabels> {
  const bytes = await readFile(file).catch((thrown) => {
    throw readFault(file, thrown);
  });
  const refused = (line: number, words: string): ReadLabels => {
    return { labels: [], faults: [lineFault(file, line, words)], notes: [] };
  };
  if (!isUtf8(bytes)) return refused(1, 'The table is not UTF-8');
  const [head, ...rows] = tableRows(bytes.toString('utf8'));
  if (head === undefined) return refused(1, 'The table is empty, expected columns task and label');
  if ('fault' in head) return refused(head.line, head.fault);
  const places = placesOf(head.cells);
  const missing = (['task', 'label'] as const).filter((column) => !places.known.has(column));
  if (missing.length > 0) {
    return refused(head.line, `The table has no column ${missing.join(' and none ')}`);
  }
  const labels: PlacedLabel[] = [];
  const faults: Fault[] = [];
  let open = 0;
  for (const row of rows) {
    const read = 'fault' in row ? row.fault : labelOf(cellsOf(row.cells, places.known));
    if (read === null) open++;
    else if (typeof read === 'string') faults.push(lineFault(file, row.line, read));
    else labels.push({ ...read, file, line: row.line });
  }
  return { labels, faults, notes: notesOf(file, places.unknown, open) };
}

/** Where each column stands, the first of that name; and those that say nothing to us. */
function placesOf(head: readonly string[]) {
  const known = new Map<Column, number>();
  const unknown: string[] = [];
  head.forEach((cell, at) => {
    const name = cell.trim().toLowerCase();
    const column = COLUMNS.find((one) => one === name);
    if (column && !known.has(column)) known.set(column, at);
    else if (name !== '') unknown.push(cell.trim());
  });
  return { known, unknown };
}

function cellsOf(cells: readonly string[], places: ReadonlyMap<Column, number>): Cells {
  const values = COLUMNS.map((column) => [column, cells[places.get(column) ?? -1]?.trim() ?? '']);
  return Object.fromEntries(values) as Cells; // one of each column
}

/** The label of a row, null where the row waits for one, a sentence where it is none. */
function labelOf(cells: Cells): Omit<PlacedLabel, 'file' | 'line'> | string | null {
  const { task, label, agent, suite, attack, judge, note, by } = cells;
  if (task === '') return 'The row names no task';
  if (label === '') return null;
  const trial = cells.trial === '' ? 1 : wholeNumber(cells.trial, 1);
  if (trial === null) return `The row has trial "${cells.trial}", expected a number from 1`;
  const step = cells.step === '' ? undefined : wholeNumber(cells.step, 0);
  if (step === null) return `The row has step "${cells.step}", expected a number from 0`;
  return {
    ...{ task, agent: agent || null, attack: attack || null, trial },
    label: NUMBER.test(label) ? Number(label) : label,
    ...(suite && { suite }),
    ...(judge && { judge }),
    ...(step !== undefined && { step }),
    ...(note && { note }),
    ...(by && { by }),
  };
}

const NUMBER = /^-?\d{1,15}(?:\.\d{1,15})?$/;

function wholeNumber(text: string, least: number): number | null {
  const value = Number(text);
  return /^\d+$/.test(text) && Number.isSafeInteger(value) && value >= least ? value : null;
}

function notesOf(file: string, unknown: readonly string[], open: number): string[] {
  const names = unknown.map((name) => `"${name}"`).join(', ');
  return [
    ...(unknown.length > 0 ? [`"${file}" has columns that are not read: ${names}`] : []),
    ...(open > 0 ? [`"${file}": rows without a label: ${open}`] : []),
  ];
}
