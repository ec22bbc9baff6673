import path from 'node:path';
import { isObject } from '../json/object.ts';
import type { Mock, MockEntry } from '../model/tool.ts';
import { checkFiles, type Part, type SuiteLoading } from './part-loading.ts';
import { isSound, type ValueAt } from './schema-faults.ts';
import { faultAt } from './source.ts';
import { withoutFragment } from './text-schema.ts';

/** Reads how a tool is mocked: checks the file that is named and makes its path absolute; undefined where something is wrong. */
export async function loadMock(
  loading: SuiteLoading,
  { value, at }: Part,
): Promise<Mock | undefined> {
  if (!isSound(at)) return undefined;
  if (value === 'agent') return { kind: 'agent' };
  if (typeof value === 'string') {
    const file = withoutFragment(value);
    const full = await fileOf(loading, file, at, []);
    return { kind: 'function', reference: full + value.slice(file.length), written: value };
  }
  if (Array.isArray(value)) {
    const entries = value as MockEntry[]; // validated
    warnOfUnreached(loading, entries, at);
    return { kind: 'entries', entries };
  }
  if (!isObject(value)) return undefined;
  const written = String(value['recording']);
  const file = await fileOf(loading, written, at, ['recording']);
  return { kind: 'recording', file, written };
}

/** Absolute path of a file that is part of the suite. */
async function fileOf(
  loading: SuiteLoading,
  file: string,
  at: ValueAt,
  inner: readonly string[],
): Promise<string> {
  await checkFiles(loading, [{ path: inner, file }], at, true);
  return path.resolve(path.dirname(at.source.file), file);
}

/** Warns of the first entry behind one that always answers. */
function warnOfUnreached(
  { faults }: SuiteLoading,
  entries: readonly MockEntry[],
  { source, path: place }: ValueAt,
): void {
  const always = entries.findIndex(({ when, uses }) => when === undefined && uses === undefined);
  if (always === -1 || always === entries.length - 1) return;
  const message = `Never answers, as entry ${always + 1} before it always does`;
  faults.push(faultAt(source, [...place, always + 1], message, { severity: 'warning' }));
}
