import { groupKind } from '../match/element.ts';
import { type ListMode, modeRules } from '../match/mode-rules.ts';
import type { Path } from '../match/operator.ts';
import type { NameAt, PatternAt } from '../suite/kinds.ts';
import { entriesOf, itemsOf, partOf, patternsUnder } from './parts-of.ts';

const modes = Object.keys(modeRules) as ListMode[]; // the keys of a closed table

/** Call patterns in a block of calls, those in groups included. */
export function patternsIn(block: unknown, path: Path): PatternAt[] {
  const inModes = modes.flatMap((mode) =>
    itemsOf(partOf(block, mode)).flatMap(({ item, index }) =>
      ofEntry(item, [...path, mode, index]),
    ),
  );
  return [...inModes, ...patternsUnder(partOf(block, 'among'), 'tools', [...path, 'among'])];
}

/** Names of the tools that a block of calls counts. */
export function namesIn(block: unknown, path: Path): NameAt[] {
  return entriesOf(partOf(block, 'count')).map(([tool]) => ({
    path: [...path, 'count', tool],
    on: 'key',
    tool,
  }));
}

function ofEntry(entry: unknown, path: Path): PatternAt[] {
  const group = groupKind(entry);
  return group === null ? [{ path, pattern: entry }] : patternsUnder(entry, group, path);
}
