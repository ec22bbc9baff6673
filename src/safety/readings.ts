import { squeezed } from '../match/squeezed.ts';
import { type Decoder, decoders, reversal } from './decoders.ts';
import { plainText } from './plain-text.ts';

/** One way to read a text: as it stands, or with encodings undone. */
export interface TextReading {
  /** As it looks, case and separators kept. */
  readonly plain: string;
  /** Its letters and digits alone, in lower case; made on first use. */
  readonly squeezed: string;
  /** The encodings that were undone, the outermost first; none where it is read as it stands. */
  readonly how: readonly string[];
}

/** All readings of a text that could be made. */
export interface Readings {
  readonly all: readonly TextReading[];
  /** More was hidden in it than is unfolded: what is not found may still be there. */
  readonly cut: boolean;
}

/** Encodings inside each other that are undone. */
const DEPTH = 3;
/** Texts too short to hide anything worth finding. */
const LEAST = 8;

/** Reads a text in every way up to three encodings deep; what is decoded is bounded by the length of the text. */
export function readingsOf(text: string): Readings {
  const plain = plainText(text);
  const first = textReading(plain, []);
  if (plain.length < LEAST) return { all: [first], cut: false };
  const all = [first];
  const seen = new Set([plain]);
  let left = 8 * plain.length + 4096;
  for (let at = 0; at < all.length; at++) {
    const { plain: from, how } = all[at] as TextReading; // at < length
    if (how.length >= DEPTH) continue;
    for (const decoder of how.at(-1) === reversal.name ? decoders : EVERY) {
      for (const found of decoder.decode(from)) {
        const read = plainText(found);
        if (read.length < 6 || seen.has(read)) continue;
        left -= read.length;
        if (left < 0) return { all, cut: true };
        seen.add(read);
        all.push(textReading(read, [...how, decoder.name]));
      }
    }
  }
  return { all, cut: false };
}

function textReading(plain: string, how: readonly string[]): TextReading {
  let made: string | null = null;
  return {
    plain,
    how,
    get squeezed() {
      made ??= squeezed(plain);
      return made;
    },
  };
}

const EVERY: readonly Decoder[] = [...decoders, reversal];
