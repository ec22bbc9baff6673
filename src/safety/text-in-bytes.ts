/** Shortest text that is worth finding in bytes, in characters. */
const LEAST = 6;

/** Bytes of the character that a byte begins in UTF-8, 0 where none does that stands in texts; white space and the zero of UTF-16 do. */
const WIDTHS = Uint8Array.from({ length: 256 }, (_, byte) => {
  if (byte < 0x80) return byte >= 0x20 ? Number(byte !== 0x7f) : Number(isSpace(byte));
  if (byte < 0xc2) return 0;
  return byte < 0xe0 ? 2 : byte < 0xf0 ? 3 : byte < 0xf5 ? 4 : 0;
});

function isSpace(byte: number): boolean {
  return byte === 0 || (byte >= 9 && byte <= 13);
}

/** Adds what can be read in the first bytes as UTF-8: runs of text, with bytes of zero left out as they stand between Latin letters in UTF-16. */
export function addTextIn(bytes: Buffer, length: number, found: string[]): void {
  let text = '';
  let [start, at] = [0, 0];
  while (start < length) {
    let chars = 0;
    for (at = start; at < length; ) {
      const byte = bytes[at] as number; // at < length
      let width = WIDTHS[byte] as number; // one for each byte
      if (width > 1 && !isFollowed(bytes, at, width, length)) width = 0;
      if (width === 0) break;
      if (byte !== 0) chars++;
      at += width;
    }
    if (chars >= LEAST) text += `${text && '\n'}${bytes.toString('utf8', start, at)}`;
    start = at + 1;
  }
  if (text !== '') found.push(text.replaceAll('\0', ''));
}

/** Whether the bytes after the first of a character are those that follow one. */
function isFollowed(bytes: Buffer, at: number, width: number, length: number): boolean {
  if (at + width > length) return false;
  for (let more = at + 1; more < at + width; more++) {
    if (((bytes[more] as number) & 0xc0) !== 0x80) return false; // more < length
  }
  return true;
}
