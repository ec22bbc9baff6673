import { isObject } from '../../json/object.ts';
import type { SourceRecord } from '../format.ts';

/** Puts the turns of an older file together, whose top-level list is one conversation; other records pass. */
export async function* legacyLists(
  records: AsyncIterable<SourceRecord>,
): AsyncGenerator<SourceRecord> {
  let open: { first: SourceRecord; turns: unknown[]; fault: string | null } | null = null;
  for await (const record of records) {
    const isNext = open !== null && record.array === open.first.array;
    if (open !== null && (isNext || record.array === open.first.array)) {
      if ('fault' in record) open.fault ??= `Turn ${open.turns.length + 1}: ${record.fault}`;
      else open.turns.push(record.value);
      continue;
    }
    if (open !== null) yield whole(open);
    open = null;
    if (isTurnOfList(record)) open = { first: record, turns: [record.value], fault: null };
    else yield isTurn(record) ? { ...record, value: [record.value] } : record;
  }
  if (open !== null) yield whole(open);
}

type Told = SourceRecord & { readonly value: unknown };

function isTurn(record: SourceRecord): record is Told {
  if (!('value' in record) || !isObject(record.value)) return false;
  return Object.hasOwn(record.value, 'query') && !Object.hasOwn(record.value, 'eval_cases');
}

function isTurnOfList(record: SourceRecord): record is Told {
  return record.array !== null && isTurn(record);
}

function whole(open: {
  first: SourceRecord;
  turns: unknown[];
  fault: string | null;
}): SourceRecord {
  const { line, index } = open.first;
  const place = { line, index, array: null };
  return open.fault === null ? { ...place, value: open.turns } : { ...place, fault: open.fault };
}
