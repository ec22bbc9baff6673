import { isUtf8 } from 'node:buffer';
import { messageOf } from '../errors.ts';
import { fileDigest } from '../io/file-digest.ts';
import { readLines } from '../io/line-reader.ts';
import { isObject } from '../json/object.ts';
import { addAll } from './add-all.ts';
import { payloadSchema } from './attack-keys.ts';
import { type Part, readPart, resolveAt, type SuiteLoading } from './part-loading.ts';
import { MAX_BYTES } from './read-source.ts';
import { below, isSound, type ValueAt, validate } from './schema-faults.ts';
import { emptySource, faultAt } from './source.ts';
import { taskLines } from './task-lines.ts';

/** A text of a file of payloads, with its name: its id, or its number from 1. */
export interface Payload {
  readonly id: string;
  readonly text: string;
  readonly at: ValueAt;
}

/** Reads the payloads of a file: a list in YAML or JSON, or one a line; null where something is wrong. */
export async function loadPayloads(
  loading: SuiteLoading,
  named: string,
  at: ValueAt,
): Promise<readonly Payload[] | null> {
  const file = await resolveAt(loading, named, at);
  if (file === null) return null;
  const parts = await partsOf(loading, file, at);
  if (!parts) return null;
  if (parts.length === 0) {
    loading.faults.push(faultAt(at.source, at.path, `"${named}" holds no payload`));
    return null;
  }
  return named.endsWith('.txt') ? textPayloads(parts) : checked(loading, parts);
}

async function partsOf(loading: SuiteLoading, file: string, at: ValueAt): Promise<Part[] | null> {
  if (/\.(ya?ml|json)$/.test(file)) return listParts(loading, file);
  try {
    if (!loading.digests.has(file)) loading.digests.set(file, await fileDigest(file));
    return file.endsWith('.txt') ? await textParts(loading, file) : await lineParts(loading, file);
  } catch (thrown) {
    loading.faults.push(faultAt(at.source, at.path, messageOf(thrown)));
    return null;
  }
}

async function listParts(loading: SuiteLoading, file: string): Promise<Part[] | null> {
  const { source, value, trapped, readable } = await readPart(loading, file);
  if (!readable) return null;
  const at = { source, path: [], trapped };
  if (Array.isArray(value)) {
    return value.map((item: unknown, index) => ({ value: item, at: below(at, [index]) }));
  }
  loading.faults.push(faultAt(source, [], 'Expected a list of payloads: texts or { id, text }'));
  return null;
}

async function lineParts(loading: SuiteLoading, file: string): Promise<Part[] | null> {
  const parts: Part[] = [];
  let broken = false;
  for await (const { part, faults } of taskLines(file)) {
    addAll(loading.faults, faults);
    if (part) parts.push(part);
    else broken = true;
  }
  return broken ? null : parts;
}

async function textParts(loading: SuiteLoading, file: string): Promise<Part[] | null> {
  const parts: Part[] = [];
  const source = emptySource(file);
  for await (const lines of readLines(file, { maxBytes: MAX_BYTES })) {
    for (const { buffer, blank, number } of lines) {
      if (blank) continue;
      const at = { source: { ...source, firstLine: number }, path: [], trapped: [] };
      if (buffer && isUtf8(buffer)) parts.push({ value: buffer.toString('utf8'), at });
      else {
        const what = buffer ? 'not UTF-8' : 'longer than 16 MiB';
        loading.faults.push(faultAt(at.source, [], `The line is ${what}`));
        return null;
      }
    }
  }
  return parts;
}

function textPayloads(parts: readonly Part[]): Payload[] {
  return parts.map(({ value, at }, index) => ({ id: `${index + 1}`, text: String(value), at }));
}

function checked(loading: SuiteLoading, parts: readonly Part[]): Payload[] | null {
  const payloads: Payload[] = [];
  const seen = new Set<string>();
  let sound = true;
  for (const [index, { value, at }] of parts.entries()) {
    const { faults, at: place } = validate(payloadSchema, value, at);
    addAll(loading.faults, faults);
    if (!isSound(place)) sound = false;
    else {
      const { id = `${index + 1}`, text } = isObject(value) ? value : { text: value };
      if (seen.has(String(id))) {
        const message = `Payload "${id}" is there twice; give each an id of its own`;
        loading.faults.push(faultAt(at.source, [...at.path, 'id'], message));
        sound = false;
      }
      seen.add(String(id));
      payloads.push({ id: String(id), text: String(text), at });
    }
  }
  return sound ? payloads : null;
}
