import { terminalLine } from './terminal-text.ts';

/** What a cell may hold; null is an empty cell. */
export type CsvCell = string | number | null;

/** Less than what a cell of a spreadsheet holds. */
const LONGEST_CELL = 30_000;
/** What a spreadsheet takes for the beginning of a formula, behind whatever is not seen and in its full-width forms too. */
const FORMULA = /^[\s"'\p{Z}\p{M}]*[=+\-@\uFF1D\uFF0B\uFF0D\uFF20\u2212\uFE62\uFE63\uFE66\uFE6B]/u;
const NEEDS_QUOTES = /[",;\r\n]|^\s|\s$/;

/** One record of CSV as RFC 4180 has it, always one line: controls in text are shown as their codes, and no text is taken for a formula. */
export function csvLine(cells: readonly CsvCell[]): string {
  return `${cells.map(cellText).join(',')}\r\n`;
}

function cellText(cell: CsvCell): string {
  if (cell === null) return '';
  if (typeof cell === 'number') return String(cell);
  const line = terminalLine(cell.length > LONGEST_CELL ? `${cell.slice(0, LONGEST_CELL)}…` : cell);
  const text = FORMULA.test(line) || /^[\t\r]/.test(cell) ? `'${line}` : line;
  return NEEDS_QUOTES.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
