import { isObject } from '../json/object.ts';
import { didYouMean } from '../match/nearest-name.ts';
import { readPattern } from '../match/pattern-source.ts';
import type { Tools } from '../model/tool.ts';
import type { ExpectationKind, KeyPath, NameAt, PatternAt } from './kinds.ts';
import { MAX_DEPTH } from './max-depth.ts';
import type { Part, SuiteLoading } from './part-loading.ts';
import { isWithin } from './path-set.ts';
import { faultAt } from './source.ts';
import { placeOfTool, type UnknownName, unknownName, unknownNames } from './tool-names.ts';

/** Operators whose operand is data, in which nothing is an operator. */
const DATA = new Set(['$eq', '$ne', '$in', '$nin', '$contains', '$schema']);

/** Checks the names of tools and arguments in an expectation against the tools; without any, notes where each tool is named first, where that is asked for. */
export function checkNames(
  loading: SuiteLoading,
  kind: Pick<ExpectationKind, 'patterns' | 'names'>,
  part: Part,
  tools: Tools | null,
): void {
  const { value, at } = part;
  if (!tools && !loading.notesNames) return;
  const patterns = kind.patterns?.(value) ?? [];
  const names = [...(kind.names?.(value) ?? []), ...fromNames(value, [])];
  if (!tools) {
    noteNames(loading, patterns, part, names);
    return;
  }
  const unknown = [
    ...patterns.flatMap((pattern) => unknownNames(pattern, tools)),
    ...names.flatMap((name) => unknownName(name, tools)),
  ];
  for (const { path: inner, message, on } of unknown) {
    const path = [...at.path, ...inner];
    // where something is wrong already, a name may not be what was meant
    if (!isWithin(path, at.trapped)) loading.faults.push(faultAt(at.source, path, message, { on }));
  }
}

/** Checks the names of canaries in an expectation. */
export function checkCanaryNames(
  { faults, canaries }: SuiteLoading,
  kind: ExpectationKind,
  { value, at }: Part,
): void {
  for (const { path: inner, canary } of kind.canaries?.(value) ?? []) {
    if (canary === '*' ? canaries.length > 0 : canaries.includes(canary)) continue;
    const path = [...at.path, ...inner];
    if (isWithin(path, at.trapped)) continue;
    const mend = canary === '*' ? 'the suite has none' : didYouMean(canary, canaries);
    const message =
      canary === '*' ? `No canaries to look for: ${mend}` : `Unknown canary "${canary}": ${mend}`;
    faults.push(faultAt(at.source, path, message));
  }
}

function noteNames(
  { named }: SuiteLoading,
  patterns: readonly PatternAt[],
  { at }: Part,
  names: readonly NameAt[],
): void {
  const note = (tool: string, { path, on }: Pick<UnknownName, 'path' | 'on'>) => {
    if (named.has(tool)) return;
    named.set(tool, faultAt(at.source, [...at.path, ...path], '', { severity: 'warning', on }));
  };
  for (const { pattern, path } of patterns) {
    const read = readPattern(pattern, { requires: false, counted: true }, () => {}, path);
    if (read) note(read.tool, placeOfTool(read.tool, pattern, path));
  }
  for (const name of names) if (name.argument === undefined) note(name.tool, name);
}

/** The tools that `$from` names, wherever a matcher stands. */
function fromNames(value: unknown, path: KeyPath): NameAt[] {
  if (path.length > MAX_DEPTH) return []; // that is told
  if (Array.isArray(value)) {
    return value.flatMap((item: unknown, index) => fromNames(item, [...path, index]));
  }
  if (!isObject(value)) return [];
  return Object.entries(value).flatMap(([key, inner]): NameAt[] => {
    if (DATA.has(key)) return [];
    if (key !== '$from' || !Array.isArray(inner)) return fromNames(inner, [...path, key]);
    return inner.flatMap((tool: unknown, index): NameAt[] =>
      typeof tool === 'string'
        ? [{ path: [...path, key, index], on: 'value', tool, asItStands: true }]
        : [],
    );
  });
}
