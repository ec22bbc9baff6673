import path from 'node:path';
import { readJsonParts } from '../io/json-parts.ts';
import { isObject } from '../json/object.ts';
import { RowResult } from '../model/run.ts';
import { checked } from './read-document.ts';
import { runFiles } from './run-files.ts';
import { storeFault } from './store-fault.ts';
import { sizeOf } from './trial-lines.ts';

/** Reads the rows of a finished run one after the other, those whose task is wanted; memory does not grow with their number. Throws `store_fault`. */
export async function* summaryRows(
  dir: string,
  isWanted: (task: string) => boolean,
): AsyncGenerator<RowResult> {
  const file = path.join(dir, runFiles.summary);
  if ((await sizeOf(file)) === 0) return;
  const keys = new Set(['rows']);
  for await (const parts of readJsonParts(file, { keys, lists: keys, fault: storeFault })) {
    for (const { kind, value, line } of parts) {
      if (kind === 'end') return;
      const task = isObject(value) ? value['task'] : undefined;
      if (typeof task !== 'string' || isWanted(task)) {
        yield checked(value, RowResult, `a row of "${file}" in line ${line}`);
      }
    }
  }
  throw storeFault(`"${file}"`, 'it is no such record: it has no list "rows"');
}
