/** Shortest text that is worth finding in bytes, in characters. */
const LEAST = 6;

/** Adds what can be read in the first bytes as UTF-8: runs of text, with bytes of zero left out as they stand between Latin letters in UTF-16. */
export function addTextIn(bytes: Buffer, length: number, found: string[]): void {
  let text = '';
  let [start, chars] = [0, 0];
  for (let at = 0; at <= length; ) {
    const width = at < length ? widthAt(bytes, at, length) : 0;
    if (width > 0) {
      if (bytes[at] !== 0) chars++;
      at += width;
      continue;
    }
    if (chars >= LEAST) text += `${text && '\n'}${bytes.toString('utf8', start, at)}`;
    chars = 0;
    start = ++at;
  }
  if (text !== '') found.push(text.replaceAll('\0', ''));
}

/** Bytes of the character that begins there, 0 where none does that stands in texts. */
function widthAt(bytes: Buffer, at: number, length: number): number {
  const first = bytes[at] as number; // at < length
  if (first < 0x80) return (first >= 0x20 && first !== 0x7f) || isSpace(first) ? 1 : 0;
  const width = first >= 0xc2 && first < 0xe0 ? 2 : first < 0xf0 ? 3 : first < 0xf5 ? 4 : 0;
  if (first < 0xc2 || at + width > length) return 0;
  for (let more = 1; more < width; more++) {
    if (((bytes[at + more] as number) & 0xc0) !== 0x80) return 0; // at + width ≤ length
  }
  return width;
}

/** White space, and the zero of UTF-16. */
function isSpace(byte: number): boolean {
  return byte === 0 || (byte >= 9 && byte <= 13);
}
