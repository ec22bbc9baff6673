// biome-ignore lint/suspicious/noControlCharactersInRegex: ASCII is what it asks for
const ASCII = /^[\x00-\x7f]*$/;

/** Tells whether a text is ASCII alone. */
export function isAscii(text: string): boolean {
  return ASCII.test(text);
}

/** Letters and digits alone, in lower case: what is left of a text however it was spaced, cased or set apart. */
export function squeezed(text: string): string {
  if (!isAscii(text)) return text.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, '');
  return text.length < LONG
    ? text.replace(/[^A-Za-z0-9]+/g, '').toLowerCase()
    : squeezedBytes(text);
}

/** From that length on it is faster to go byte by byte. */
const LONG = 64;

/** By the code of a character: its own in lower case where it is a letter or a digit, 0 else. */
const KEPT = Uint8Array.from({ length: 128 }, (_, code) => {
  const letter = String.fromCharCode(code);
  return /[A-Za-z0-9]/.test(letter) ? letter.toLowerCase().charCodeAt(0) : 0;
});

function squeezedBytes(ascii: string): string {
  const bytes = Buffer.from(ascii, 'latin1');
  let end = 0;
  for (let at = 0; at < bytes.length; at++) {
    const kept = KEPT[bytes[at] as number] as number; // ASCII, and at < length
    bytes[end] = kept;
    if (kept !== 0) end++;
  }
  return bytes.toString('latin1', 0, end);
}
