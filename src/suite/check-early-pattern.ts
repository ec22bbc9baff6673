import { isObject } from '../json/object.ts';
import { readPattern } from '../match/pattern-source.ts';
import { earlyPatternSchema } from '../match/schema.ts';
import type { Tools } from '../model/tool.ts';
import { checkNames } from './expectation-names.ts';
import { checkWhole } from './expectation-oddities.ts';
import type { ExpectationKind, KeyPath, NameAt } from './kinds.ts';
import type { Part, SuiteLoading } from './part-loading.ts';
import { below, isSound } from './schema-faults.ts';

/** A lone pattern, as checks of expectations take it. */
const LONE: ExpectationKind = {
  key: 'pattern',
  words: 'A call pattern',
  schema: earlyPatternSchema,
  patterns: (pattern) => [{ path: [], pattern }],
};

/** Checks names, captures and blanks of a pattern that stands in a part under a path; gives the tool that it names, null where it cannot be read. */
export function checkEarlyPattern(
  loading: SuiteLoading,
  part: Part,
  path: KeyPath,
  pattern: unknown,
  tools: Tools | null,
): string | null {
  const lone = { value: pattern, at: below(part.at, path) };
  checkNames(loading, LONE, lone, tools);
  if (isSound(lone.at)) checkWhole(loading, LONE, lone);
  const read = readPattern(pattern, { requires: false, counted: false }, () => {}, []);
  return read?.tool ?? null;
}

/** Names of tools in a list, each with its path. */
export function nameList(list: unknown, path: KeyPath): NameAt[] {
  if (!Array.isArray(list)) return [];
  return list.flatMap((tool: unknown, index): NameAt[] =>
    typeof tool === 'string' ? [{ path: [...path, index], on: 'value', tool }] : [],
  );
}

/** Keys and values of a map; none of what is no map. */
export function entriesAt(value: unknown): [string, unknown][] {
  return isObject(value) ? Object.entries(value) : [];
}
