import path from 'node:path';
import type { Fault, Suite } from '../model/suite.ts';
import type { SuiteKinds } from './kinds.ts';
import { type LoadedSuite, loadSuite } from './load-suite.ts';
import type { Loading, NamedFiles } from './part-loading.ts';
import { suiteSchemas } from './suite-schema.ts';

/** How suites are loaded. */
export interface LoadOptions {
  /** Lets suites name files outside of their project. */
  allowOutside?: boolean;
  /** Notes where suites that declare no tools name some. */
  notesNames?: boolean;
}

/** A suite file, sound or not, with what it names. */
export interface SuiteParts {
  /** Name of the suite as written, null where that is at fault. */
  name: string | null;
  /** Folder that its files lie under. */
  root: string;
  files: NamedFiles;
}

/** The suites that can be used, and everything that was found, sorted by place. */
export interface LoadedSuites {
  suites: Suite[];
  faults: Fault[];
  /** By file of a suite: where it names each tool first, if it declares none and that is asked for. */
  named: ReadonlyMap<string, ReadonlyMap<string, Fault>>;
  /** By file of a suite: what it is made of. */
  parts: ReadonlyMap<string, SuiteParts>;
}

/** Loads suite files (absolute paths, or relative to the working folder) with all that they name; a suite with an error is left out. */
export async function loadSuites(
  files: readonly string[],
  kinds: SuiteKinds,
  { allowOutside = false, notesNames = false }: LoadOptions = {},
): Promise<LoadedSuites> {
  const loading: Loading = {
    kinds,
    schemas: suiteSchemas(kinds),
    allowOutside,
    notesNames,
    documents: new Map(),
  };
  const loaded: LoadedSuite[] = [];
  for (const file of new Set(files.map((given) => path.resolve(given)))) {
    loaded.push(await loadSuite(file, loading));
    loading.documents.delete(file); // the tree of a large suite weighs more than its tasks
  }
  const { suites, faults } = uniquelyNamed(loaded);
  return {
    suites,
    faults: sorted([...loaded.flatMap((one) => one.faults), ...faults]),
    named: new Map(loaded.map(({ nameAt, named }) => [nameAt.file, named])),
    parts: new Map(
      loaded.map(({ nameAt, name, root, files }) => [nameAt.file, { name, root, files }]),
    ),
  };
}

/** Leaves out suites whose name another one has already, whether that can be used or not. */
function uniquelyNamed(loaded: readonly LoadedSuite[]): { suites: Suite[]; faults: Fault[] } {
  const places = new Map<string, Fault>();
  const suites: Suite[] = [];
  const faults: Fault[] = [];
  for (const { suite, name, nameAt } of loaded) {
    const first = name === null ? undefined : places.get(name);
    if (first !== undefined) {
      const file = path.relative(path.dirname(nameAt.file), first.file);
      const message = `Suite name "${name}" is used twice in this run, first in "${file}" on line ${first.line}`;
      faults.push({ ...nameAt, message });
      continue;
    }
    if (name !== null) places.set(name, nameAt);
    if (suite) suites.push(suite);
  }
  return { suites, faults };
}

/** By file, line and column, each fault once; a warning gives way to an error at its place. */
function sorted(faults: readonly Fault[]): Fault[] {
  const byKey = new Map<string, Fault>();
  const atFault = new Set<string>();
  for (const fault of faults) {
    const place = `${fault.file}\0${fault.line}\0${fault.column}`;
    if (fault.severity === 'error') atFault.add(place);
    const key = `${place}\0${fault.message}`;
    if (!byKey.has(key)) byKey.set(key, fault);
  }
  const isShown = ({ severity, file, line, column }: Fault) =>
    severity === 'error' || !atFault.has(`${file}\0${line}\0${column}`);
  return [...byKey.values()].filter(isShown).sort(byPlace);
}

function byPlace(a: Fault, b: Fault): number {
  if (a.file !== b.file) return a.file < b.file ? -1 : 1;
  return a.line - b.line || a.column - b.column;
}
