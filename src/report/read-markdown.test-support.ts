import { lexer, type Token } from 'marked';

/** What a forge makes of a Markdown text. */
export interface ReadMarkdown {
  /** Kinds of everything that is in it. */
  readonly kinds: ReadonlySet<string>;
  /** Blocks and pieces of HTML, line by line. */
  readonly html: readonly string[];
  /** Words of fences: their languages. */
  readonly languages: readonly string[];
  /** Texts that are no code, as they are once entities are read. */
  readonly texts: readonly string[];
  readonly headings: readonly string[];
  /** Cells of each row of each table. */
  readonly widths: readonly (readonly number[])[];
}

/** Reads Markdown as GitHub does: with tables, bare addresses and HTML. */
export function readMarkdown(text: string): ReadMarkdown {
  const kinds = new Set<string>();
  const html: string[] = [];
  const languages: string[] = [];
  const texts: string[] = [];
  const headings: string[] = [];
  const widths: number[][] = [];
  const read = (tokens: readonly Token[]): void => {
    for (const token of tokens) {
      kinds.add(token.type);
      if (token.type === 'html') html.push(...token.raw.split('\n').filter((line) => line !== ''));
      if (token.type === 'code') languages.push(token['lang'] ?? '(indented)');
      if (token.type === 'heading') headings.push(decoded(token['text']));
      if (token.type === 'text' && !token['tokens']) texts.push(decoded(token.raw));
      if (token.type === 'list') read(token['items']);
      if (token.type === 'table') {
        const rows: { tokens: Token[] }[][] = [token['header'], ...token['rows']];
        widths.push(rows.map((row) => row.length));
        for (const cell of rows.flat()) read(cell.tokens);
      } else if ('tokens' in token) read(token.tokens ?? []);
    }
  };
  read(lexer(text, { gfm: true }));
  return { kinds, html, languages, texts, headings, widths };
}

/** What a forge looks for in texts: mentions, numbers, commits, addresses, pictures. */
export const REFERENCES: readonly RegExp[] = [
  /@[\w-]/,
  /#\w/,
  /\bGH-\d/i,
  /[!%&~][\w"]|\$\d+(?![\d.,])/,
  /(?<![0-9a-z])(?=\d*[a-f])[0-9a-f]{7,40}(?![0-9a-z])/i,
  /\w:\/\//,
  /\bwww\.\w/i,
  /:[\w+-]+:/,
];

const NAMED: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"' };

function decoded(text: string): string {
  return text.replace(/&(?:#(\d+)|#x([0-9a-f]+)|(\w+));/gi, (whole, decimal, hex, name) => {
    if (name) return NAMED[name] ?? whole;
    return String.fromCodePoint(decimal ? Number(decimal) : Number.parseInt(hex, 16));
  });
}
