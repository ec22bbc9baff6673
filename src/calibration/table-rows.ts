import { CsvError, parse } from 'csv-parse/sync';

/** A row of a table with the line that it begins on, or why that line cannot be read. */
export type Row = { readonly line: number } & (
  | { readonly cells: readonly string[] }
  | { readonly fault: string }
);

/** Broken rows after which the rest is not looked at: it is something else than a table. */
const MOST_BROKEN = 100;

/** Reads the rows of a text in CSV (RFC 4180); blank lines are left out. A row that breaks off in a quote is a fault, and reading goes on with the next line. */
export function tableRows(given: string): Row[] {
  const text = given.replace(/\r\n?/g, '\n'); // lines are counted one by one
  const rows: Row[] = [];
  const starts = lineStarts(text);
  let next = 1;
  for (let broken = 0; broken < MOST_BROKEN; broken++) {
    const rest = text.slice(starts[next - 1] ?? text.length);
    const { found, fault } = readUntilBroken(rest, next);
    for (const row of found.rows) rows.push(row);
    if (fault === null) return rows;
    rows.push({ line: found.next, fault });
    next = found.next + 1;
  }
  rows.push({
    line: next,
    fault: `More than ${MOST_BROKEN} rows are broken, the rest is not read`,
  });
  return rows;
}

/** Where each line begins; breaks inside of quotes count too. */
function lineStarts(text: string): number[] {
  const starts = [0];
  for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) starts.push(at + 1);
  return starts;
}

/** Rows up to the first that is broken; `next` is the line after the last that was read. */
function readUntilBroken(text: string, first: number) {
  const found = { rows: [] as Row[], next: first };
  try {
    parse(text, {
      bom: first === 1,
      relax_column_count: true,
      on_record: (cells: string[], { lines }) => {
        if (cells.some((cell) => cell.trim() !== '')) found.rows.push({ line: found.next, cells });
        found.next = first + lines;
        return null;
      },
    });
    return { found, fault: null };
  } catch (thrown) {
    if (!(thrown instanceof CsvError)) throw thrown;
    return { found, fault: WORDS[thrown.code] ?? `The row is broken: ${thrown.message}` };
  }
}

const WORDS: Readonly<Record<string, string>> = {
  CSV_QUOTE_NOT_CLOSED: 'The row has a quote that is never closed',
  CSV_INVALID_CLOSING_QUOTE: 'The row has text behind a closing quote',
  INVALID_OPENING_QUOTE: 'The row has a quote in the middle of a cell',
};
