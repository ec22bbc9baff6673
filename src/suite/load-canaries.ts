import type { Canary } from '../model/attack.ts';
import type { Part, SuiteLoading } from './part-loading.ts';

/** Reads the canaries of a suite; undefined where there are none. */
export async function loadCanaries(
  _loading: SuiteLoading,
  _part: Part,
  _suite: string,
): Promise<Readonly<Record<string, Canary>> | undefined> {
  return undefined;
}
