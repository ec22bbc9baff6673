import { createReadStream } from 'node:fs';
import path from 'node:path';
import { messageOf } from '../errors.ts';
import { readFault } from '../io/disk-fault.ts';
import { JsonSplitter } from '../io/json-splitter.ts';
import { RowResult, RunSummary } from '../model/run.ts';
import { jsonHead } from './json-head.ts';
import { checked, readDocument } from './read-document.ts';
import { runFiles } from './run-files.ts';
import { SUMMARY_ROWS } from './run-head.ts';
import { storeFault } from './store-fault.ts';

const CHUNK = 1024 * 1024;
const LONGEST_ROW = 16 * 1024 * 1024;

/** Reads rows of a finished run one after the other, those whose JSON may be of interest; memory does not grow with their number. Throws `store_fault`. */
export async function* summaryRows(
  dir: string,
  mayMatter: (text: string) => boolean,
): AsyncGenerator<RowResult> {
  const file = path.join(dir, runFiles.summary);
  const head = await jsonHead(file, SUMMARY_ROWS);
  if (head === null) {
    yield* (await readDocument(file, RunSummary))?.rows ?? [];
    return;
  }
  for await (const text of rowTexts(file, head.end - 1)) {
    if (mayMatter(text)) yield rowOf(text, file);
  }
}

/** The elements of the list that begins at a byte. */
async function* rowTexts(file: string, start: number): AsyncGenerator<string> {
  const splitter = new JsonSplitter(LONGEST_ROW);
  try {
    for await (const chunk of createReadStream(file, { start, highWaterMark: CHUNK })) {
      for (const item of splitter.take(chunk)) {
        if (item.array !== 0) return; // the list is over, and the rest of the summary follows
        if ('text' in item) yield item.text;
        else if (item.fault !== NOTHING) throw storeFault(`"${file}"`, item.fault);
      }
    }
  } catch (thrown) {
    throw readFault(file, thrown);
  }
  if (splitter.end().every(({ array }) => array === 0)) {
    throw storeFault(`"${file}"`, 'it ends inside its rows');
  }
}

/** What the splitter says of a list without elements. */
const NOTHING = 'The list is empty, expected a record';

function rowOf(text: string, file: string): RowResult {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (thrown) {
    throw storeFault(`"${file}"`, `a row is broken, ${messageOf(thrown)}`, thrown);
  }
  return checked(value, RowResult, `a row of "${file}"`);
}
