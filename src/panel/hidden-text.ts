/** Characters that carry text nobody sees: tags. */
const TAGS = /[\u{e0020}-\u{e007e}]+/gu;
/** A flag of a part of a country, which is written with tags. */
const FLAG = /\u{1f3f4}[\u{e0061}-\u{e007a}]{3,6}\u{e007f}/gu;
/** Forced direction of text, long runs of what has no width, bytes written as variation selectors. */
const SMUGGLED =
  /[\u202d\u202e]|[\u200b-\u200f\u2060-\u2064\ufeff]{8}|[\ufe00-\ufe0f\u{e0100}-\u{e01ef}]{4}/u;
const LATER_THAN_LATIN = /[\u200b-\u{10ffff}]/u;

/** Text that is there but not to be seen. */
export interface HiddenText {
  /** What tag characters say, '' where there are none. */
  readonly tags: string;
  /** Something else looks as if it hid text. */
  readonly isSmuggled: boolean;
}

/** Reads what a text hides in characters that cannot be seen. */
export function hiddenText(text: string): HiddenText {
  if (!LATER_THAN_LATIN.test(text)) return { tags: '', isSmuggled: false };
  const tagged = text.replace(FLAG, '').match(TAGS) ?? [];
  const tags = [...tagged.join('')].map((tag) =>
    String.fromCodePoint((tag.codePointAt(0) ?? 0) - 0xe0000),
  );
  return { tags: tags.join(''), isSmuggled: SMUGGLED.test(text) };
}
