import { isSuiteName } from '../suite-names.ts';
import type { ListedTool, ListFault, ToolList } from './listed-tool.ts';

/** A list of nothing but a fault. */
export function faulty(path: ListFault['path'], message: string): ToolList {
  return { tools: [], faults: [{ path, message }], notes: [] };
}

/** Leaves out what a suite cannot name, and what is named twice. */
export function named(
  tools: readonly ListedTool[],
  faults: readonly ListFault[],
  notes: readonly string[],
): ToolList {
  const known = new Set<string>();
  const told = [...notes];
  const kept = tools.filter(({ name }) => {
    const words = known.has(name) ? 'it is there twice' : 'a suite cannot name it';
    const isGood = isSuiteName(name) && !known.has(name);
    if (!isGood) told.push(`The tool ${JSON.stringify(name)} is left out: ${words}`);
    known.add(name);
    return isGood;
  });
  return { tools: kept, faults, notes: told };
}
