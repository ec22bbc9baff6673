import { readJsonRecords } from '../io/json-records.ts';
import type { SourceRecord } from './format.ts';
import { parseJson } from './parse-json.ts';

/** Reads a file's values: JSONL, a list of records, or one record. Throws `input_fault` or `disk_fault` for the file itself. */
export async function* sourceRecords(file: string): AsyncGenerator<SourceRecord> {
  let index = 0;
  for await (const { line, array, ...item } of readJsonRecords(file)) {
    const place = { line, array, index: index++ };
    if ('fault' in item) yield { ...place, fault: item.fault };
    else yield { ...place, ...parseJson(item.text) };
  }
}
