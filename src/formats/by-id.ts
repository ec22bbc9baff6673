import { AgentopsError } from '../errors.ts';

/** Entries of a side file by their ids, each of which stands for one. Throws `input_fault`. */
export function byId<One>(
  file: string,
  entries: readonly One[],
  idOf: (entry: One, index: number) => string,
): ReadonlyMap<string, One> {
  const known = new Map<string, One>();
  for (const [index, entry] of entries.entries()) {
    const id = idOf(entry, index);
    if (known.has(id)) {
      throw new AgentopsError('input_fault', `Cannot use "${file}": it holds task "${id}" twice`);
    }
    known.set(id, entry);
  }
  return known;
}
