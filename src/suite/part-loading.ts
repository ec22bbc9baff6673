import { dirname, resolve } from 'node:path';
import type * as z from 'zod';
import { messageOf } from '../errors.ts';
import { readFault } from '../io/disk-fault.ts';
import { fileDigest } from '../io/file-digest.ts';
import type { JudgeSpec } from '../model/llm-judge.ts';
import type { Fault } from '../model/suite.ts';
import { addAll } from './add-all.ts';
import type { FileAt, SuiteKinds } from './kinds.ts';
import { type LoadedDocument, loadDocument } from './load-document.ts';
import { type PathRules, type ResolvedPath, resolvePath } from './resolve-path.ts';
import { below, type ValueAt, validate } from './schema-faults.ts';
import { faultAt } from './source.ts';
import type { SuiteSchemas } from './suite-schema.ts';

/** What is shared by all suites of one call. */
export interface Loading {
  readonly kinds: SuiteKinds;
  readonly schemas: SuiteSchemas;
  readonly allowOutside: boolean;
  readonly notesNames: boolean;
  /** Files that were read, by absolute path. */
  readonly documents: Map<string, Promise<LoadedDocument>>;
}

/** Files that a suite is made of, there or not, by absolute path; what a run may write is `written`. */
export type NamedFiles = ReadonlyMap<string, 'read' | 'written'>;

/** One suite while it is being loaded. */
export interface SuiteLoading extends Loading {
  /** Absolute path of the suite file. */
  readonly file: string;
  readonly rules: PathRules;
  readonly faults: Fault[];
  readonly unbuilt: Fault[];
  /** Without tools: where each is named first, as a warning without words. */
  readonly named: Map<string, Fault>;
  /** Names of its canaries, for checks where they are named. */
  readonly canaries: string[];
  /** Its LLM judges by name, null for one with a fault; null where they are not read yet, or cannot be. */
  judges: ReadonlyMap<string, JudgeSpec | null> | null;
  /** Names of the judges that expectations ask. */
  readonly asked: Set<string>;
  /** Those of them that are asked about whole trials: people label no others. */
  readonly askedWhole: Set<string>;
  /** SHA-256 of the files that the suite is made of, by absolute path. */
  readonly digests: Map<string, string>;
  /** Of these, the files whose content stands nowhere in the suite once it is read: mocks and checks. */
  readonly contents: Map<string, string>;
  /** The files that it names, faulty ones too, and itself. */
  readonly files: Map<string, 'read' | 'written'>;
  /** Files that were validated last, with the schema and what came of it. */
  readonly opened: Map<string, { schema: z.ZodType; part: Part | null }>;
  /** Paths that were resolved, by what they are relative to. */
  readonly resolved: Map<string, Promise<ResolvedPath>>;
}

/** A value with the file that it stands in. */
export interface Part {
  value: unknown;
  at: ValueAt;
}

/** Reads a file of the suite once; its faults become those of the suite. */
export async function readPart(loading: SuiteLoading, file: string): Promise<LoadedDocument> {
  const known = loading.documents.get(file);
  const reading = known ?? loadDocument(file);
  loading.documents.set(file, reading);
  const document = await reading;
  if (loading.digests.has(file)) return document;
  loading.digests.set(file, document.digest ?? '');
  addAll(loading.faults, document.faults);
  return document;
}

/** Opens the file that a value names and validates what it holds; null where that cannot be read. */
export async function openPart(
  loading: SuiteLoading,
  named: string,
  at: ValueAt,
  schema: z.ZodType,
): Promise<Part | null> {
  const file = await resolveAt(loading, named, at);
  if (file === null) return null;
  const known = loading.opened.get(file);
  if (known?.schema === schema) return known.part;
  const { source, value, trapped, readable } = await readPart(loading, file);
  const { faults, at: place } = validate(schema, value, { source, path: [], trapped });
  if (readable) addAll(loading.faults, faults);
  const part = readable ? { value, at: place } : null;
  loading.opened.set(file, { schema, part });
  return part;
}

/** Resolves a path at its place, with a fault where it may not be used. */
export async function resolveAt(
  loading: SuiteLoading,
  named: string,
  at: ValueAt,
  later = false,
): Promise<string | null> {
  const from = at.source.file;
  const key = `${later} ${from}\0${named}`;
  const known = loading.resolved.get(key);
  if (!known) noteFile(loading, resolve(dirname(from), named), later);
  const resolving = known ?? resolvePath(named, from, loading.rules, later);
  loading.resolved.set(key, resolving);
  const resolved = await resolving;
  if (resolved.problem === undefined) return resolved.file;
  loading.faults.push(faultAt(at.source, at.path, resolved.problem));
  return null;
}

function noteFile({ files }: SuiteLoading, file: string, later: boolean): void {
  if (later || !files.has(file)) files.set(file, later ? 'written' : 'read');
}

/** Checks the files that a value names; `count` adds what they hold to the digest of the suite. */
export async function checkFiles(
  loading: SuiteLoading,
  files: readonly FileAt[],
  at: ValueAt,
  count = false,
): Promise<void> {
  for (const { path, file, later } of files) {
    const found = await resolveAt(loading, file, below(at, path), later);
    if (!count || later || found === null || loading.contents.has(found)) continue;
    try {
      const digest = loading.digests.get(found) ?? (await fileDigest(found));
      loading.digests.set(found, digest);
      loading.contents.set(found, digest);
    } catch (thrown) {
      const message = messageOf(readFault(file, thrown));
      loading.faults.push(faultAt(at.source, [...at.path, ...path], message));
    }
  }
}
