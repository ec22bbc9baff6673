import { isObject } from '../json/object.ts';
import { type Count, countOf } from './count.ts';
import type { Path, Report } from './operator.ts';
import { type CallPattern, compilePattern, type PatternReading } from './pattern.ts';
import { showValue } from './show.ts';

/** One entry of a mode's list: a counted pattern, or a group. */
export interface Element {
  readonly kind: 'call' | 'any_order' | 'one_of';
  readonly patterns: readonly CallPattern[];
  readonly count: Count;
}

const ONCE: Count = { min: 1, max: 1, optional: false };

/** Compiles the list of a mode; `groups` says whether `any_order` and `one_of` may stand in it. */
export function compileElements(
  source: unknown,
  reading: PatternReading,
  groups: boolean,
  report: Report,
  path: Path,
): Element[] {
  if (!Array.isArray(source)) {
    report(path, `A list of call patterns is wanted, not ${showValue(source, 80)}`);
    return [];
  }
  return source.flatMap((entry: unknown, index) => {
    const at = [...path, index];
    const kind = groupKind(entry);
    if (kind) return compileGroup(entry, kind, reading, groups, report, at);
    const pattern = compilePattern(entry, { ...reading, counted: true }, report, at);
    return pattern ? [{ kind: 'call' as const, patterns: [pattern], count: countOf(entry) }] : [];
  });
}

/** The group that an entry is, null for a pattern. */
export function groupKind(entry: unknown): 'any_order' | 'one_of' | null {
  if (!isObject(entry) || Object.hasOwn(entry, 'tool')) return null;
  return (['any_order', 'one_of'] as const).find((key) => Object.hasOwn(entry, key)) ?? null;
}

function compileGroup(
  entry: unknown,
  kind: 'any_order' | 'one_of',
  reading: PatternReading,
  allowed: boolean,
  report: Report,
  path: Path,
): Element[] {
  const group = entry as Record<string, unknown>; // groupKind saw an object
  for (const other of Object.keys(group)) {
    if (other === kind) continue;
    report([...path, other], `"${other}" cannot stand beside the group ${kind}`, 'key');
  }
  if (!allowed) {
    const message = `The group ${kind} stands in ordered modes only: exact and in_order`;
    report([...path, kind], message, 'key');
  }
  const list = group[kind];
  if (!Array.isArray(list) || list.length === 0) {
    report([...path, kind], `${kind} takes a list of call patterns with at least one entry`);
    return [];
  }
  const patterns = list.flatMap((one: unknown, index) => {
    const at = [...path, kind, index];
    if (groupKind(one)) report(at, 'A group cannot stand in a group');
    const pattern = groupKind(one)
      ? null
      : compilePattern(one, { ...reading, counted: false }, report, at);
    return pattern ? [pattern] : [];
  });
  return [{ kind, patterns, count: ONCE }];
}
