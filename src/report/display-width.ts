/** Characters that fill two columns: East Asian wide and full-width ones, and emoji. */
const WIDE =
  /[\u1100-\u115F\u2E80-\u303E\u3041-\uA4CF\uA960-\uA97F\uAC00-\uD7A3\uF900-\uFAFF\uFE10-\uFE19\uFE30-\uFE6F\uFF01-\uFF60\uFFE0-\uFFE6\u{16FE0}-\u{18DFF}\u{1AFF0}-\u{1B2FF}\u{20000}-\u{3FFFD}]|\p{Emoji_Presentation}/u;
const COMBINING = /[\p{Mn}\p{Me}]/u;
const PLAIN = /^[ -~]*$/;

/** Columns that safe text fills on a terminal. */
export function displayWidth(text: string): number {
  if (PLAIN.test(text)) return text.length;
  let width = 0;
  for (const character of text) width += widthOf(character);
  return width;
}

/** Code units kept for a column at most, so that heaps of combining marks end somewhere. */
const UNITS_PER_COLUMN = 16;

/** Cuts safe text in its middle so that it fills at most `width` columns; the start keeps a little more. */
export function cutMiddle(text: string, width: number, ellipsis: string): string {
  if (fits(text, width)) return text;
  const room = width - ellipsis.length;
  if (room < 2) return takeStart(text, width);
  const head = Math.ceil(room * 0.6);
  return takeStart(text, head) + ellipsis + takeEnd(text, room - head);
}

/** Splits safe text at the last character that still fits into `width` columns, one character at least. */
export function splitAtWidth(text: string, width: number): [string, string] {
  const [first = ''] = text;
  const head = takeStart(text, width) || first;
  return [head, text.slice(head.length)];
}

function fits(text: string, width: number): boolean {
  // No character fills more than two columns, and few code units fill none: long text need not be measured
  return text.length <= width * UNITS_PER_COLUMN && displayWidth(text) <= width;
}

function takeStart(text: string, width: number): string {
  let used = 0;
  let end = 0;
  for (const character of text) {
    used += widthOf(character);
    if (used > width || end + character.length > width * UNITS_PER_COLUMN) break;
    end += character.length;
  }
  return text.slice(0, end);
}

function takeEnd(text: string, width: number): string {
  const tail = Array.from(text.slice(-width * UNITS_PER_COLUMN).replace(/^[\uDC00-\uDFFF]/, ''));
  let used = 0;
  let start = tail.length;
  while (start > 0) {
    used += widthOf(tail[start - 1] ?? '');
    if (used > width) break;
    start--;
  }
  return tail.slice(start).join('');
}

function widthOf(character: string): number {
  if (PLAIN.test(character)) return 1;
  if (COMBINING.test(character)) return 0;
  return WIDE.test(character) ? 2 : 1;
}
