import { isObject } from '../json/object.ts';
import { nearestName } from '../match/nearest-name.ts';
import { readPattern } from '../match/pattern-source.ts';
import { NEGATION } from './expect-schema.ts';
import type { ExpectationKind, KeyPath } from './kinds.ts';
import { MAX_DEPTH } from './max-depth.ts';
import type { Part, SuiteLoading } from './part-loading.ts';
import type { ValueAt } from './schema-faults.ts';
import { someOf, suggestion } from './schema-message.ts';
import { faultAt } from './source.ts';

/** Operators whose operand is data in which nothing is captured or compared with what was. */
const DATA = new Set(['$eq', '$schema']);

/** What stands in an expectation, each with its path. */
interface Found {
  captured: Set<string>;
  refs: { path: KeyPath; name: string }[];
  nulls: KeyPath[];
}

/** Checks what only a sound expectation as a whole shows: its own problems and oddities, captures that nothing makes, and nulls that nobody wrote. */
export function checkWhole(loading: SuiteLoading, kind: ExpectationKind, part: Part): void {
  const { value, at } = part;
  const tell = (inner: KeyPath, message: string, severity: 'error' | 'warning') =>
    loading.faults.push(faultAt(at.source, [...at.path, ...inner], message, { severity }));
  for (const { path, message } of kind.problems?.(value) ?? []) tell(path, message, 'error');
  for (const { path, message } of kind.oddities?.(value) ?? []) tell(path, message, 'warning');
  if (kind.key === NEGATION) return; // what it holds is looked at by itself
  const found: Found = { captured: new Set(), refs: [], nulls: [] };
  look(value, [], found);
  for (const { path, name } of found.refs) {
    if (!found.captured.has(name)) tell(path, unbound(name, [...found.captured]), 'error');
  }
  if (found.nulls.length === 0) return;
  const bare = barePatterns(kind, value);
  for (const path of found.nulls) {
    if (bare.has(path.join('\0')) || !isBlank(at, path)) continue;
    const message = 'Nothing stands here, which is read as null; write null where it is meant';
    tell(path, message, 'warning');
  }
}

function unbound(name: string, captured: readonly string[]): string {
  const near = nearestName(name, captured);
  const known = captured.length === 0 ? 'it has no $as' : `it captures ${someOf(captured)}`;
  const mend = near === null ? known : suggestion(near);
  return `Nothing in this expectation captures "${name}", ${mend}`;
}

function look(value: unknown, path: KeyPath, found: Found): void {
  if (value === null) found.nulls.push(path);
  if (typeof value !== 'object' || value === null || path.length > MAX_DEPTH) return;
  for (const [key, inner] of Object.entries(value)) {
    const at = [...path, Array.isArray(value) ? Number(key) : key];
    if (DATA.has(key)) continue;
    if (key === '$as' && typeof inner === 'string') found.captured.add(inner);
    else if (key === '$ref' && typeof inner === 'string')
      found.refs.push({ path: at, name: inner });
    else look(inner, at, found);
  }
}

/** Paths of short forms with nothing after the tool, which means any arguments. */
function barePatterns(kind: ExpectationKind, value: unknown): Set<string> {
  const place = { requires: false, counted: true };
  const paths = (kind.patterns?.(value) ?? []).flatMap(({ path, pattern }) => {
    const read = isObject(pattern) ? readPattern(pattern, place, () => {}, path) : null;
    return read ? [[...path, read.tool].join('\0')] : [];
  });
  return new Set(paths);
}

/** Whether no text stands for a value: its place is then that of its key. */
function isBlank({ source, path }: ValueAt, inner: KeyPath): boolean {
  const whole = [...path, ...inner];
  if (typeof whole.at(-1) !== 'string') return false;
  return source.locate(whole, 'value').start === source.locate(whole, 'key').start;
}
