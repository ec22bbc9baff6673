import { AgentopsError } from '../errors.ts';
import { didYouMean } from '../match/nearest-name.ts';
import type { Format } from './format.ts';
import { APPROVALS } from './inspect-approval/approval-policy.ts';
import { formats } from './registry.ts';

/** The format that values at the head of a file are of, going by what they hold; null where none, or more than one, is likely. */
export function detectFormat(values: readonly unknown[]): Format | null {
  let best: Format | null = null;
  let most = 0;
  for (const format of formats) {
    const likeness = format.detect(values);
    if (likeness === most) best = null;
    if (likeness <= most) continue;
    [best, most] = [format, likeness];
  }
  return best;
}

/** The format of that name. Throws `usage` where there is none. */
export function formatNamed(key: string): Format {
  const found = formats.find((format) => format.key === key);
  if (found !== undefined) return found;
  const known = [...formats.map((format) => format.key), APPROVALS];
  throw new AgentopsError('usage', `Cannot import --from "${key}": ${didYouMean(key, known)}`);
}
