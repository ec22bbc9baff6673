import { squeezed } from '../../match/squeezed.ts';
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
  const first: TextReading = new PlainReading(plain, []);
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
        all.push(new PlainReading(read, [...how, decoder.name]));
      }
    }
  }
  return { all, cut: false };
}

/** A class for the sake of speed: an object with a getter of its own is made slowly. */
class PlainReading implements TextReading {
  readonly plain: string;
  readonly how: readonly string[];
  private made: string | null = null;

  constructor(plain: string, how: readonly string[]) {
    this.plain = plain;
    this.how = how;
  }

  get squeezed(): string {
    this.made ??= squeezed(this.plain);
    return this.made;
  }
}

const EVERY: readonly Decoder[] = [...decoders, reversal];
