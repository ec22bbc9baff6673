import { isObject } from '../json/object.ts';
import type { Simulation } from '../model/suite.ts';
import { type Part, resolveAt, type SuiteLoading } from './part-loading.ts';
import { below, isSound } from './schema-faults.ts';

/** Reads who plays the user, with the recording as an absolute path; null where something is wrong or nobody is named. */
export async function loadUser(
  loading: SuiteLoading,
  { value, at }: Part,
): Promise<{ simulate: Simulation } | null> {
  if (!isObject(value) || !isSound(at)) return null;
  const simulate = value['simulate'] as Simulation; // validated, and sound
  if (simulate.recording === undefined) return { simulate };
  const place = below(at, ['simulate', 'recording']);
  const recording = await resolveAt(loading, simulate.recording, place, true);
  return recording === null ? null : { simulate: { ...simulate, recording } };
}
