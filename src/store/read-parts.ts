import { readJsonParts } from '../io/json-parts.ts';
import { type Fault, refuseNewer } from './read-document.ts';

/** The version of all records that there is so far. */
const VERSION = 1;

/** What is read of a document: whole values, and one list element by element. */
export interface PartsOptions {
  readonly values: readonly string[];
  readonly list: string;
  /** Takes an element of the list, with its place for messages. */
  readonly each: (value: unknown, place: string) => void;
  readonly fault: Fault;
}

/** Reads a JSON document of any size and gives the values by key. Throws what `fault` makes where it is broken, newer than this program, or has no such list. */
export async function readParts(
  file: string,
  { values, list, each, fault }: PartsOptions,
): Promise<ReadonlyMap<string, unknown>> {
  const found = new Map<string, unknown>();
  let listed = false;
  let version: unknown;
  const keys = new Set(['schema_version', ...values, list]);
  for await (const parts of readJsonParts(file, { keys, lists: new Set([list]), fault })) {
    for (const { kind, key, value, line, offset } of parts) {
      if (kind === 'element') each(value, `"${file}" line ${line} (byte ${offset})`);
      else if (kind === 'end') listed = true;
      else {
        if (key === 'schema_version') {
          refuseNewer(value, `"${file}"`, fault);
          version = value;
        }
        found.set(key, value);
      }
    }
  }
  if (!listed) throw fault(`"${file}"`, `it is no such record: it has no list "${list}"`);
  if (version === VERSION) return found;
  throw fault(`"${file}"`, `it is no such record at "schema_version": expected ${VERSION}`);
}
