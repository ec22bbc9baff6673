import { createReadStream } from 'node:fs';
import { readFault } from './disk-fault.ts';
import type { JsonItem } from './json-item.ts';
import { JsonSplitter } from './json-splitter.ts';

const CHUNK = 1024 * 1024;

/** Reads the values of a file that is JSONL, one JSON list of records, one record, or any of them in a row; a list is taken apart. Memory is bounded by the longest record up to `maxBytes`; what is broken comes as a fault with its line. Throws `input_fault` or `disk_fault`. */
export async function* readJsonRecords(
  file: string,
  { maxBytes = 64 * CHUNK, signal }: { maxBytes?: number; signal?: AbortSignal } = {},
): AsyncGenerator<JsonItem> {
  const splitter = new JsonSplitter(maxBytes);
  try {
    for await (const chunk of createReadStream(file, { highWaterMark: CHUNK })) {
      signal?.throwIfAborted();
      yield* splitter.take(chunk);
    }
  } catch (thrown) {
    throw readFault(file, thrown);
  }
  yield* splitter.end();
}
