import path from 'node:path';
import type { ToolList } from '../formats/tool-list/listed-tool.ts';
import { readToolList } from '../formats/tool-list/read-tool-list.ts';
import type { Fault } from '../model/suite.ts';
import { loadDocument } from '../suite/load-document.ts';
import { faultAt } from '../suite/source.ts';

/** A list of tools from a file, or what is wrong with that. */
export type ReadTools = ToolList | { readonly broken: readonly Fault[] };

/** Reads a list of tools in any of its forms from a YAML or JSON file. */
export async function readToolsFile(file: string): Promise<ReadTools> {
  const { source, value, faults, readable } = await loadDocument(path.resolve(file));
  const broken = faults.filter(({ severity }) => severity === 'error');
  if (!readable || broken.length > 0) return { broken };
  const list = readToolList(value);
  const own = list.faults.map(({ path: at, message }) => faultAt(source, at, message));
  if (own.length === 0 && list.tools.length === 0) {
    own.push(faultAt(source, [], 'There are no tools in it, expected at least one'));
  }
  return own.length > 0 ? { broken: own } : list;
}
