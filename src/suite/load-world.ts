import { isObject } from '../json/object.ts';
import type { World } from '../model/suite.ts';
import { openPart, type Part, type SuiteLoading } from './part-loading.ts';
import { isSound } from './schema-faults.ts';
import { isFilePath } from './text-schema.ts';
import { worldSchema } from './tool-keys.ts';

/** Reads the world that trials begin with, inline or from the file that is named; undefined where there is none or it cannot be used. */
export async function loadWorld(
  loading: SuiteLoading,
  { value, at }: Part,
): Promise<World | undefined> {
  if (value === undefined || !isSound(at)) return undefined;
  const part = isFilePath(value) ? await openPart(loading, value, at, worldSchema) : { value, at };
  return part && isObject(part.value) && isSound(part.at) ? part.value : undefined;
}
