import { canonicalJson } from '../json/canonical.ts';
import { sha256Hex } from '../json/digest.ts';
import type { PlacedLabel } from './placed-label.ts';

/** SHA-256 of what labels say, whatever their order and how they are written down; notes and marked steps do not count. */
export function labelsDigest(labels: readonly PlacedLabel[]): string {
  const lines = labels.map((given) => {
    const { suite, task, agent, attack, trial, judge, step, label, by, at, trajectory } = given;
    const names = { suite, task, agent, attack: attack ?? null, trial, judge, step };
    return canonicalJson({ ...names, label, by, at, trajectory });
  });
  return sha256Hex(lines.sort().join('\n'));
}
