// biome-ignore lint/suspicious/noControlCharactersInRegex: ASCII is what it asks for
const ASCII = /^[\x00-\x7f]*$/;

/** Tells whether a text is ASCII alone. */
export function isAscii(text: string): boolean {
  return ASCII.test(text);
}

/** Letters and digits alone, in lower case: what is left of a text however it was spaced, cased or set apart. */
export function squeezed(text: string): string {
  return isAscii(text)
    ? text.replace(/[^A-Za-z0-9]+/g, '').toLowerCase()
    : text.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, '');
}
