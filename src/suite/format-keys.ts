import type * as z from 'zod';
import { attackKeys } from './attack-keys.ts';
import { canaryKeys } from './canary-keys.ts';
import { judgeKeys } from './judge-keys.ts';
import type { FormatKey, KeyPlace, SuiteKinds } from './kinds.ts';
import { policyKeys } from './policy-keys.ts';
import { toolKeys } from './tool-keys.ts';
import type { UnbuiltKey } from './unbuilt-key.ts';

type Place = UnbuiltKey['place'];

/** The keys of the format beside those that every suite has, by their place. */
export interface FormatKeys {
  /** Keys with an owner of their own, served or not. */
  at(place: KeyPlace): readonly FormatKey[];
  /** Keys that nothing serves yet. */
  unbuilt(place: Place): readonly UnbuiltKey[];
}

/** Sets the table of keys against the registries. */
export function formatKeys(kinds: SuiteKinds, expect: z.ZodType): FormatKeys {
  const built = [
    ...toolKeys,
    ...policyKeys,
    ...attackKeys(expect),
    ...canaryKeys,
    ...judgeKeys,
    ...(kinds.keys ?? []),
  ];
  const unbuilt = byPlace<UnbuiltKey>([]);
  const all = byPlace<FormatKey>([...built, ...[...unbuilt.values()].flat().filter(isFormatKey)]);
  return { at: (place) => all.get(place) ?? [], unbuilt: (place) => unbuilt.get(place) ?? [] };
}

function byPlace<Key extends { place: Place }>(keys: readonly Key[]): Map<Place, Key[]> {
  const groups = new Map<Place, Key[]>();
  for (const key of keys) groups.set(key.place, [...(groups.get(key.place) ?? []), key]);
  return groups;
}

function isFormatKey(key: UnbuiltKey): key is UnbuiltKey & FormatKey {
  return key.place !== 'kind';
}
