import { canonicalJson } from '../json/canonical.ts';
import { sha256Hex } from '../json/digest.ts';

/** SHA-256 over the canonical JSON of steps, so that a label can tell which trajectory was seen. */
export function stepsDigest(steps: readonly unknown[]): string {
  return sha256Hex(canonicalJson(steps));
}
