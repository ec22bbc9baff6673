import type * as z from 'zod';
import { attackKeys } from './attack-keys.ts';
import { canaryKeys } from './canary-keys.ts';
import { judgeKeys } from './judge-keys.ts';
import type { FormatKey, KeyPlace } from './kinds.ts';
import { policyKeys } from './policy-keys.ts';
import { toolKeys } from './tool-keys.ts';

/** The keys of the format beside those that every suite has, by their place. */
export interface FormatKeys {
  at(place: KeyPlace): readonly FormatKey[];
}

/** The table of these keys; some hold expectations. */
export function formatKeys(expect: z.ZodType): FormatKeys {
  const keys: readonly FormatKey[] = [
    ...toolKeys,
    ...policyKeys,
    ...attackKeys(expect),
    ...canaryKeys,
    ...judgeKeys,
  ];
  return { at: (place) => keys.filter((one) => one.place === place) };
}
