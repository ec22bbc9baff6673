import { withoutLookAlikes } from './look-alikes.ts';

// biome-ignore lint/suspicious/noControlCharactersInRegex: ASCII is what it asks for
const ASCII = /^[\x00-\x7f]*$/;
/** What cannot be seen: marks on letters, format characters such as zero-width and bidi ones, variation selectors, fillers. */
const UNSEEN = /[\p{M}\p{Cf}\u115f\u1160\u3164\uffa0]/gu;

/** A text as it looks to a reader, its case kept: compatibility forms, invisible characters and look-alikes undone. */
export function plainText(text: string): string {
  if (ASCII.test(text)) return text;
  return withoutLookAlikes(text.normalize('NFKD').replace(UNSEEN, ''));
}

/** Letters and digits alone, in lower case: what is left of a text however it was spaced, cased or set apart. Takes plain text. */
export function squeezed(plain: string): string {
  return ASCII.test(plain)
    ? plain.replace(/[^A-Za-z0-9]+/g, '').toLowerCase()
    : plain.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, '');
}
