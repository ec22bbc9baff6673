import { displayWidth, splitAtWidth } from './display-width.ts';
import { guardLine } from './terminal-text.ts';

/** Columns that text must have beside its prefix, else it goes beneath. */
export const LEAST_ROOM = 24;

/** Breaks safe text at spaces into lines of at most `width` columns, a longer word anywhere; `null` never breaks. */
export function wrap(text: string, width: number | null): string[] {
  if (width === null || (text.length <= width && displayWidth(text) <= width)) return [text];
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ')) {
    const longer = guardLine(`${line} ${word}`);
    if (line !== '' && displayWidth(longer) <= width) {
      line = longer;
      continue;
    }
    if (line !== '') lines.push(line);
    line = addBroken(lines, word, width);
  }
  if (line !== '' || lines.length === 0) lines.push(line);
  return lines;
}

/** Adds the lines that a word fills and gives what is left of it; wherever a line begins, the word must not become a command. */
function addBroken(lines: string[], word: string, width: number): string {
  let rest = guardLine(word);
  while (rest.length > width || displayWidth(rest) > width) {
    const [head, tail] = splitAtWidth(rest, width);
    if (tail === '') break;
    lines.push(head);
    rest = guardLine(tail);
  }
  return rest;
}

/** Wraps safe text behind a first prefix, later lines behind spaces of the same width, or of fewer where that leaves too little room. */
export function wrapBehind(prefix: string, text: string, width: number | null): string[] {
  const room = width === null ? null : width - displayWidth(prefix);
  if (room === null || room >= LEAST_ROOM)
    return hang(prefix, ' '.repeat(displayWidth(prefix)), text, room);
  const spaces = prefix.length - prefix.trimStart().length;
  const lead = Math.min(spaces, Math.floor((width ?? 0) / 2) - 2);
  const rest = prefix.slice(spaces) + text;
  return hang(' '.repeat(lead), ' '.repeat(lead + 2), rest, Math.max((width ?? 0) - lead - 2, 8));
}

function hang(first: string, later: string, text: string, room: number | null): string[] {
  return wrap(text, room).map((line, index) => (index === 0 ? first : later) + line);
}
