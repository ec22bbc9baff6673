import { loadEnginesFor } from '../match/engines.ts';
import type { Fault } from '../model/suite.ts';
import type { KeyPath } from './kinds.ts';
import { parseYaml } from './parse-yaml.ts';
import { readSource } from './read-source.ts';
import { emptySource, faultAt, makeSource, type Source } from './source.ts';
import { yamlLocator } from './yaml-locate.ts';
import { yamlValue } from './yaml-value.ts';

/** A YAML or JSON file as plain values, with its places and what is wrong with it so far. */
export interface LoadedDocument {
  source: Source;
  value: unknown;
  /** SHA-256 of the file, null where it could not be read. */
  digest: string | null;
  faults: Fault[];
  /** Paths below which the value is not what was meant. */
  trapped: readonly KeyPath[];
  /** false: there is no value to validate. */
  readable: boolean;
}

/** Reads and parses one file; whatever is wrong with it becomes a fault. */
export async function loadDocument(file: string): Promise<LoadedDocument> {
  const read = await readSource(file);
  if (read.problem !== undefined) {
    const source = read.text === '' ? emptySource(file) : makeSource(file, read.text, nowhere);
    const span = { start: read.offset, end: read.offset + 1 };
    const fault = faultAt(source, [], read.problem, { span });
    return { source, value: null, digest: null, faults: [fault], trapped: [], readable: false };
  }
  return { ...(await parseDocument(file, read.text)), digest: read.digest };
}

/** Parses the text of a file. */
export async function parseDocument(
  file: string,
  text: string,
): Promise<Omit<LoadedDocument, 'digest'>> {
  const { document, problems } = parseYaml(text);
  const source = makeSource(file, text, document ? yamlLocator(document) : nowhere);
  const faults = problems.map(({ message, span }) => faultAt(source, [], message, { span }));
  if (!document) return { source, value: null, faults, trapped: [], readable: false };
  if (document.contents === null && faults.length === 0) {
    const fault = faultAt(source, [], 'The file is empty');
    return { source, value: null, faults: [fault], trapped: [], readable: false };
  }
  const { value, faults: traps, trapped } = yamlValue(document, source);
  await loadEnginesFor(text, value);
  const readable = faults.length === 0 || problems.every(({ bounded }) => bounded === true);
  const lines = new Set(
    traps.filter(({ severity }) => severity === 'error').map(({ line }) => line),
  );
  const aliases = new Set(
    traps.filter(({ message }) => message.endsWith(':')).map(({ line }) => line),
  );
  const unexplained = faults.filter(
    (fault) => !isExplained(fault, lines) && !isBehindAlias(fault, aliases),
  );
  return { source, value, faults: [...unexplained, ...traps], trapped, readable };
}

/** Tells whether a trap keeps its line, or the flow collection that was to end in it, from being YAML. */
function isExplained({ line, message }: Fault, trapped: ReadonlySet<number>): boolean {
  return trapped.has(line) || (message.startsWith('Not YAML: Flow') && trapped.has(line - 1));
}

/** Tells whether a line cannot be read because an alias was to be the key of the one before. */
function isBehindAlias({ line, message }: Fault, aliases: ReadonlySet<number>): boolean {
  return message.startsWith('Not YAML: Unexpected') && aliases.has(line - 1);
}

function nowhere() {
  return { start: 0, end: 0 };
}
