import type { Format, FormatItem, ReadOptions, SourceRecord } from './format.ts';

/** Reads values by a format as if each were a file of its own, or a top-level list where they are one. */
export async function readValues(
  format: Format,
  values: readonly unknown[],
  options: Partial<ReadOptions> & { readonly array?: boolean } = {},
): Promise<FormatItem[]> {
  const { array = false, ...rest } = options;
  async function* records(): AsyncGenerator<SourceRecord> {
    for (const [index, value] of values.entries()) {
      yield { line: 1, index, array: array ? 0 : null, value };
    }
  }
  const items: FormatItem[] = [];
  const settings = { file: 'some.json', agent: 'recorded', ...rest };
  for await (const item of format.read(records(), settings)) items.push(item);
  return items;
}

/** The trajectories of items; a fault is thrown. */
export function trajectoriesOf(items: readonly FormatItem[]) {
  return items.map((item) => {
    if ('fault' in item) throw new Error(item.fault);
    return item.trajectory;
  });
}
