import { cutMiddle } from './display-width.ts';
import { terminalLine, terminalLines } from './terminal-text.ts';

const ELLIPSIS = '…';
/** Characters that mean something in Markdown, in HTML, or to a forge that makes links of text. */
const MARKS = /(?<=\bwww)\.|:(?=\S)|[\\`*_~|<>[\]!#&@$^{}]/giu;
/** After these a forge looks for a name to mention, or a number to link to. */
const MENTIONS: ReadonlySet<string> = new Set(['@', '#']);

/** Text from outside as one line of a cell or a sentence: no markup, no link, no mention, at most `longest` columns. */
export function markdownText(text: string, longest = 80): string {
  const kept = text.length > longest * 32 ? text.slice(0, longest * 16) + ELLIPSIS : text;
  const line = cutMiddle(terminalLine(kept), longest, ELLIPSIS).trim();
  return line === '' ? '(empty)' : line.replace(MARKS, entity);
}

/** Text from outside as a block of code, behind a fence longer than any run of backticks in it. */
export function markdownBlock(lines: readonly string[]): string {
  const safe = lines.flatMap((line) => terminalLines(line));
  const runs = safe.join('\n').match(/`+/g) ?? [];
  const fence = '`'.repeat(runs.reduce((most, run) => Math.max(most, run.length), 2) + 1);
  return `${fence}text\n${safe.join('\n')}\n${fence}\n`;
}

/** A table of cells that are safe already. */
export function markdownTable(
  heads: readonly string[],
  rows: readonly (readonly string[])[],
): string {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |\n`;
  return line(heads) + line(heads.map(() => '---')) + rows.map(line).join('');
}

function entity(character: string): string {
  const code = `&#${character.codePointAt(0)};`;
  return MENTIONS.has(character) ? `${code}&#8203;` : code;
}
