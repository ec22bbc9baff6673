/** Shortest text that is worth finding in bytes, in letters and digits: what is looked for is compared by those alone. */
const LEAST = 6;

/** Kinds of bytes in UTF-8: none that stands in texts, a mark or the zero of UTF-16, a letter or digit by itself, one that follows, the first of two, three or four. */
const [BAD, MARK, ALONE, FOLLOWS, LEADS] = [0, 1, 2, 3, 4];
const LETTER = /[a-z\d]/i;
const KINDS = Uint8Array.from({ length: 256 }, (_, byte) => {
  if (byte < 0x20) return byte === 0 || (byte >= 9 && byte <= 13) ? MARK : BAD;
  if (byte === 0x7f) return BAD;
  if (byte < 0x80) return LETTER.test(String.fromCharCode(byte)) ? ALONE : MARK;
  if (byte < 0xc0) return FOLLOWS;
  if (byte < 0xc2 || byte >= 0xf5) return BAD;
  return LEADS + Number(byte >= 0xe0) + Number(byte >= 0xf0);
});

/** In the least two bits of a state: how many bytes are still to follow; then whether a letter or digit is whole, and whether the text goes on. */
const [WHOLE, GOES_ON] = [4, 8];
/** Next states by what is still to follow and the kind of the next byte. */
const NEXT = Uint8Array.from({ length: 32 }, (_, at) => nextState(at >> 3, at & 7));

function nextState(open: number, kind: number): number {
  if (open > 0 && kind === FOLLOWS) return (open - 1) | (open === 1 ? WHOLE : 0) | GOES_ON;
  const goesOn = open === 0 && kind !== BAD && kind !== FOLLOWS ? GOES_ON : 0;
  if (kind >= LEADS) return (kind - LEADS + 1) | goesOn;
  return (kind === ALONE ? WHOLE : 0) | goesOn;
}

/** Adds what can be read in the first bytes as UTF-8: runs of text, with bytes of zero left out as they stand between Latin letters in UTF-16. */
export function addTextIn(bytes: Buffer, length: number, found: string[]): void {
  if (!holdsText(bytes, length)) return;
  let text = '';
  let start = 0;
  while (start < length) {
    let [chars, at, width] = [0, start, 0];
    for (; at < length; at += width) {
      width = widthAt(bytes, at, length);
      if (width === 0) break;
      if (width > 1 || KINDS[bytes[at] as number] === ALONE) chars++; // at < length
    }
    if (chars >= LEAST) text += `${text && '\n'}${bytes.toString('utf8', start, at)}`;
    start = at + 1;
  }
  found.push(text.replaceAll('\0', ''));
}

/** Whether there is any such run. Mostly there is none: this goes through the bytes without a branch that cannot be foreseen. */
function holdsText(bytes: Buffer, length: number): boolean {
  let state = 0;
  let chars = 0;
  for (let at = 0; at < length; at++) {
    const kind = KINDS[bytes[at] as number] as number; // at < length; one for each byte
    state = NEXT[((state & 3) << 3) | kind] as number; // one for each
    chars = (chars & -(state >> 3)) + ((state >> 2) & 1);
    if (chars >= LEAST) return true;
  }
  return false;
}

/** Bytes of the character that begins there, 0 where none does that stands in texts. */
function widthAt(bytes: Buffer, at: number, length: number): number {
  const kind = KINDS[bytes[at] as number] as number; // at < length; one for each byte
  if (kind === MARK || kind === ALONE) return 1;
  const width = kind - LEADS + 2;
  if (kind < LEADS || at + width > length) return 0;
  for (let more = at + 1; more < at + width; more++) {
    if (KINDS[bytes[more] as number] !== FOLLOWS) return 0; // more < length
  }
  return width;
}
