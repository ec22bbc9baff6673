import { isObject } from '../json/object.ts';
import type { Simulation } from '../model/suite.ts';
import { loadModels } from './load-models.ts';
import type { Part, SuiteLoading } from './part-loading.ts';
import { below, isSound } from './schema-faults.ts';

/** Reads who plays the user, with the recording as an absolute path; null where nobody is named or something is wrong with it. */
export async function loadUser(
  loading: SuiteLoading,
  { value, at }: Part,
): Promise<{ simulate: Simulation } | null> {
  if (!isObject(value) || !isSound(at)) return null;
  const simulate = value['simulate'] as Simulation; // validated, and sound
  const { script: _, recording: __, ...config } = simulate;
  const models = await loadModels(loading, { ...simulate }, below(at, ['simulate']));
  return { simulate: { ...config, ...models } };
}
