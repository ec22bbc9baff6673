const WIDTH = 80;
/** A caret beyond this column moves the window over a long line. */
const CARET_ROOM = 60;
const UNSAFE = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu;
const WIDE =
  /[\u1100-\u115F\u2E80-\uA4CF\uAC00-\uD7A3\uF900-\uFAFF\uFE30-\uFE6F\uFF01-\uFF60\u{1F000}-\u{3FFFD}]/gu;

/** The line of a fault with the line above it and carets below it; a tab shows as one space, other control characters as their codes. */
export function codeFrame(
  above: string | null,
  line: string,
  column: number,
  length: number,
): string {
  const from = windowStart(line, column - 1);
  const window = from === 0 ? line : `…${line.slice(from, from + WIDTH)}`;
  const start = from === 0 ? column - 1 : column - from;
  const text = cutEnd(window);
  const pad = widthOf(visible(text.slice(0, start)));
  const carets = Math.max(1, widthOf(visible(text.slice(start, start + length))));
  const rows = [visible(text), `${' '.repeat(pad)}${'^'.repeat(carets)}`];
  if (above !== null && above.trim() !== '' && from === 0) rows.unshift(visible(cutEnd(above)));
  return rows.join('\n');
}

/** Where the part of a long line begins that is shown, 0 for its beginning. */
function windowStart(line: string, caret: number): number {
  if (caret < CARET_ROOM || line.length <= WIDTH) return 0;
  return Math.min(caret - 39, line.length - WIDTH + 1);
}

function cutEnd(text: string): string {
  return text.length > WIDTH ? `${text.slice(0, WIDTH - 1)}…` : text;
}

function visible(text: string): string {
  return text.replaceAll('\t', ' ').replace(UNSAFE, (character) => {
    const code = character.codePointAt(0) ?? 0;
    const digits = code.toString(16);
    return code < 0x100 ? `\\x${digits.padStart(2, '0')}` : `\\u{${digits}}`;
  });
}

function widthOf(text: string): number {
  return text.replace(WIDE, '  ').length;
}
