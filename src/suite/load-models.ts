import type { Script } from '../model/script.ts';
import { openPart, resolveAt, type SuiteLoading } from './part-loading.ts';
import { below, isSound, type ValueAt } from './schema-faults.ts';
import { scriptFileSchema } from './script-schema.ts';
import { isFilePath } from './text-schema.ts';

/** Where models answer from. */
export interface Models {
  script?: Script;
  /** Absolute path; the file need not be there yet. */
  recording?: string;
}

/** Reads where the models of an agent or a played user answer from, as far as that is sound. */
export async function loadModels(
  loading: SuiteLoading,
  value: Readonly<Record<string, unknown>>,
  at: ValueAt,
): Promise<Models> {
  const { script, recording } = value;
  const places = { script: below(at, ['script']), recording: below(at, ['recording']) };
  if (typeof recording === 'string' && isSound(places.recording)) {
    const file = await resolveAt(loading, recording, places.recording, true);
    return file === null ? {} : { recording: file };
  }
  if (script === undefined || !isSound(places.script)) return {};
  const part = isFilePath(script)
    ? await openPart(loading, script, places.script, scriptFileSchema)
    : { value: script, at: places.script };
  return part && isSound(part.at) ? { script: part.value as Script } : {}; // validated, and sound
}
