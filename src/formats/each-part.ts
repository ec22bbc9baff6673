import { faultWords, placeOf } from './each-record.ts';
import type { Converted, FormatItem, SourceRecord } from './format.ts';

/** One trajectory's share of a value that holds several. */
export interface Part {
  /** Where it stands in the value, such as `simulations[3]`. */
  readonly path: string;
  /** What expectations are drawn from. */
  readonly origin: unknown;
  /** Makes the trajectory. Throws `input_fault` where there is none. */
  convert(): Converted;
}

/** Makes trajectories of values that hold several each; what cannot be made one is a fault that names its part. */
export async function* eachPart(
  records: AsyncIterable<SourceRecord>,
  partsOf: (value: unknown, record: SourceRecord) => Iterable<Part>,
): AsyncGenerator<FormatItem> {
  let index = 0;
  for await (const record of records) {
    const place = placeOf(record);
    if ('fault' in record) {
      yield { ...place, fault: record.fault };
      continue;
    }
    try {
      for (const part of partsOf(record.value, record)) {
        yield itemOf(part, record, index++);
      }
    } catch (thrown) {
      yield { ...place, fault: faultWords(thrown) };
    }
  }
}

function itemOf({ path, origin, convert }: Part, record: SourceRecord, index: number): FormatItem {
  const place = placeOf(record);
  try {
    return { ...convert(), ...place, index, origin };
  } catch (thrown) {
    return { ...place, fault: `${path}: ${faultWords(thrown)}` };
  }
}
