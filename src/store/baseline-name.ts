import { createHash } from 'node:crypto';
import { AgentopsError } from '../errors.ts';

const LONGEST = 80;
const FIT = /^[a-z0-9](?:[a-z0-9._-]*[a-z0-9])?$/;
/** Names of devices on Windows, whatever follows after a dot. */
const DEVICE = /^(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$)/;

/** The name of the baseline of a branch or a suite: small letters, digits, `.`, `_` and `-`; names that lose more than their case or a separator keep a digest. */
export function baselineSlug(text: string): string {
  const slug = text
    .toLowerCase()
    .replace(/[^a-z0-9._]+/g, '-')
    .replace(/^[^a-z0-9]+/, '')
    .slice(0, LONGEST - 9)
    .replace(/[^a-z0-9]+$/, '');
  const isTelling = /^[\w./ -]+$/.test(text) && text.length <= LONGEST - 9;
  if (isTelling && FIT.test(slug) && !DEVICE.test(slug)) return slug;
  const digest = createHash('sha256').update(text).digest('hex').slice(0, 8);
  return DEVICE.test(slug) || slug === '' ? `b-${digest}` : `${slug}-${digest}`;
}

/** A name of a baseline as a person gave it. Throws `usage` for what is no plain name of a file. */
export function baselineName(text: string): string {
  if (FIT.test(text) && text.length <= LONGEST && !DEVICE.test(text)) return text;
  const shown = text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text;
  throw new AgentopsError(
    'usage',
    `Cannot name a baseline "${shown}": expected up to ${LONGEST} small letters, digits, ".", "_" and "-", such as "${baselineSlug(text)}"`,
  );
}
