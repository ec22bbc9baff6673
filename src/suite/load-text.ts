import { resolveAt, type SuiteLoading } from './part-loading.ts';
import { readSource } from './read-source.ts';
import type { ValueAt } from './schema-faults.ts';
import { faultAt } from './source.ts';
import { isFilePath } from './text-schema.ts';

/** A text, read from the file that it names where it is a path, with the ends of its lines made alike; null where that cannot be used. */
export async function loadText(
  loading: SuiteLoading,
  written: string,
  at: ValueAt,
): Promise<string | null> {
  if (!isFilePath(written)) return written;
  const file = await resolveAt(loading, written, at);
  if (file === null) return null;
  const tell = (message: string) => {
    loading.faults.push(faultAt(at.source, at.path, message));
    return null;
  };
  const read = await readSource(file);
  if (read.problem !== undefined) return tell(`Cannot use "${written}": ${read.problem}`);
  loading.digests.set(file, read.digest);
  const text = read.text.replaceAll('\r\n', '\n').trim();
  return text === '' ? tell(`"${written}" holds no text`) : text;
}
