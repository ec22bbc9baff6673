import { isAscii } from '../../match/squeezed.ts';
import { withoutLookAlikes } from './look-alikes.ts';

/** What cannot be seen: marks on letters, format characters such as zero-width and bidi ones, variation selectors, fillers. */
const UNSEEN = /[\p{M}\p{Cf}\u115f\u1160\u3164\uffa0]/gu;

/** A text as it looks to a reader, its case kept: compatibility forms, invisible characters and look-alikes undone. */
export function plainText(text: string): string {
  if (isAscii(text)) return text;
  return withoutLookAlikes(text.normalize('NFKD').replace(UNSEEN, ''));
}
