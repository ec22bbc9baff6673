import { AgentopsError, messageOf } from '../errors.ts';
import type { Trajectory } from '../model/trajectory.ts';
import type { FormatItem, SourceRecord } from './format.ts';

/** Makes one trajectory of each record; what cannot be made one is a fault at its line. */
export async function* eachRecord(
  records: AsyncIterable<SourceRecord>,
  convert: (value: unknown, record: SourceRecord) => Trajectory,
): AsyncGenerator<FormatItem> {
  for await (const record of records) {
    if ('fault' in record) yield { line: record.line, fault: record.fault };
    else yield convertRecord(record, record.value, convert);
  }
}

/** Makes a trajectory of a value that begins where a record does. */
export function convertRecord(
  record: SourceRecord,
  value: unknown,
  convert: (value: unknown, record: SourceRecord) => Trajectory,
): FormatItem {
  const { line, index } = record;
  try {
    return { trajectory: convert(value, record), line, index, origin: value };
  } catch (thrown) {
    const expected = thrown instanceof AgentopsError || thrown instanceof RangeError; // too deep
    if (!expected) throw thrown;
    return { line, fault: messageOf(thrown) };
  }
}

/** A record that cannot be made a trajectory, to be thrown while converting it. */
export function recordFault(message: string): AgentopsError {
  return new AgentopsError('input_fault', message);
}
