const WORD = /[\p{L}\p{N}]+/gu;

/** The words of a plain text in lower case. */
export function wordsOf(plain: string): string[] {
  return plain.toLowerCase().match(WORD) ?? [];
}
