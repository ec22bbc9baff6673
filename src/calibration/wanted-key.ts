import { canonicalJson } from '../json/canonical.ts';

/** What is wanted of a judge, as written or from a record. */
interface Held {
  readonly at_least?: number | undefined;
  readonly at_most?: number | undefined;
  readonly is?: readonly string[] | undefined;
}

/** Names what is wanted of a judge, whatever the order of its answers. */
export function wantedKey({ at_least, at_most, is }: Held): string {
  return canonicalJson({ at_least, at_most, is: is && [...is].sort() });
}
