import { AgentopsError, messageOf } from '../errors.ts';
import type { Converted, FormatItem, RecordPlace, SourceRecord } from './format.ts';

type Convert = (value: unknown, record: SourceRecord) => Converted;

/** Makes one trajectory of each record; what cannot be made one is a fault at its line. */
export async function* eachRecord(
  records: AsyncIterable<SourceRecord>,
  convert: Convert,
): AsyncGenerator<FormatItem> {
  for await (const record of records) {
    if ('fault' in record) yield { ...placeOf(record), fault: record.fault };
    else yield convertRecord(record, record.value, convert);
  }
}

/** Makes a trajectory of a value that begins where a record does. */
export function convertRecord(record: SourceRecord, value: unknown, convert: Convert): FormatItem {
  const { index } = record;
  try {
    return { ...convert(value, record), ...placeOf(record), index, origin: value };
  } catch (thrown) {
    return { ...placeOf(record), fault: faultWords(thrown) };
  }
}

/** Words of a fault of a record; anything else is thrown on. */
export function faultWords(thrown: unknown): string {
  const expected = thrown instanceof AgentopsError || thrown instanceof RangeError; // too deep
  if (!expected) throw thrown;
  return messageOf(thrown);
}

/** Where a record stands, as people look for it. */
export function placeOf({ line, index, array }: SourceRecord): RecordPlace {
  return { line, ...(array !== null && { record: index + 1 }) };
}

/** A record that cannot be made a trajectory, to be thrown while converting it. */
export function recordFault(message: string): AgentopsError {
  return new AgentopsError('input_fault', message);
}
