import { cutMiddle } from './display-width.ts';
import { terminalLine, terminalLines } from './terminal-text.ts';

const ELLIPSIS = '…';
/** More than the name of a picture of a forge has. */
const LONGEST_NAME = 100;
/** Characters that mean something in Markdown, in HTML, or to a forge that makes links, mentions and pictures of text. */
const MARKS = /(?<=\bwww)\.|:(?=\S)|%(?=\w)|^[-+=]|(?<=^\d{1,9})[.)]|[\\`*_~|<>[\]!#&@$^{}]/giu;
/** Where a forge looks for a name, a number, an address or a picture, which it must not find once it has read the entities. */
const SIGILS = /^(?:[@#.]|[!$%&~](?=[\w"])|:(?=\/|[\w+-]+:))/;
/** What GitHub takes for a number of an issue, or for a commit if there is one. */
const REFERENCES = /\bGH-(?=\d)|(?<![0-9a-z])(?=\d*[a-f])[0-9a-f]{7,40}(?![0-9a-z])/gi;
/** Nothing that is seen, and the end of any reference. */
const BREAK = '&#8203;';
/** The beginning of a comment in HTML; who looks for the mark of a report must find that of the report alone. */
const COMMENT = '\\x3c!--';

/** Text from outside as one line of a cell or a sentence: no markup, no link, no mention, at most `longest` columns. */
export function markdownText(text: string, longest = 80): string {
  const kept = text.length > longest * 32 ? text.slice(0, longest * 16) + ELLIPSIS : text;
  const line = cutMiddle(terminalLine(kept), longest, ELLIPSIS).trim();
  if (line === '') return '(empty)';
  return line.replace(MARKS, entity).replace(REFERENCES, broken);
}

/** Text from outside as a block of code, behind a fence longer than any run of backticks in it. */
export function markdownBlock(lines: readonly string[]): string {
  const safe = lines.flatMap((line) => terminalLines(line.replaceAll('<!--', COMMENT)));
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

function entity(character: string, at: number, line: string): string {
  const code = `&#${character.codePointAt(0)};`;
  return SIGILS.test(line.slice(at, at + LONGEST_NAME)) ? code + BREAK : code;
}

function broken(reference: string): string {
  if (reference.endsWith('-')) return reference + BREAK;
  return (reference.match(/.{1,6}/g) ?? []).join(BREAK);
}
