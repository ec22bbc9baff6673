import { Composer, type CST, type Document, Lexer, Parser, visit, type YAMLError } from 'yaml';
import { MAX_DEPTH } from './max-depth.ts';
import type { Span } from './source.ts';

/** Bounds the memory that the parser takes to about 2 GB, where a flow collection takes that of four tokens. */
const MAX_TOKENS = 8_000_000;
const COLLECTION_TOKENS = 4;

/** Something that keeps a text from being YAML as suites use it. */
export interface YamlProblem {
  span: Span;
  message: string;
  /** The rest of the text reads as it is meant all the same. */
  bounded?: boolean;
}

/** The one document of a text, null where nothing can be made of it, and what is wrong with it. */
export interface ParsedYaml {
  document: Document.Parsed | null;
  problems: YamlProblem[];
}

/** Parses one YAML 1.2 document; never throws, and gives up early on what is too deep or too much. */
export function parseYaml(text: string): ParsedYaml {
  const tokens: CST.Token[] = [];
  const excess = tokenize(text, tokens);
  if (excess) return { document: null, problems: [excess] };
  const composer = new Composer({
    version: '1.2',
    schema: 'core',
    resolveKnownTags: false,
    uniqueKeys: false, // compares every two keys; the walk over the values does it in one pass
    prettyErrors: false,
    logLevel: 'silent',
  });
  const [document, second] = composer.compose(tokens, true, text.length);
  const problems = second
    ? [
        {
          ...problem(second.range[0], 'A second document begins here, expected one in a file'),
          bounded: true,
        },
      ]
    : [];
  if (!document) return { document: null, problems };
  return { document, problems: [...problemsOf(document, text), ...problems] };
}

/** Fills the list with the top tokens of a text; gives the problem that stopped it. */
function tokenize(text: string, tokens: CST.Token[]): YamlProblem | null {
  const parser = new Parser();
  let count = 0;
  for (const lexeme of new Lexer().lex(text)) {
    for (const token of parser.next(lexeme)) tokens.push(token);
    const top = parser.stack.at(-1);
    // the document stands on the stack below the collections, and a scalar above them
    if (parser.stack.length > MAX_DEPTH + 1 && top && 'items' in top) {
      return problem(top.offset, `Nested deeper than ${MAX_DEPTH} levels`);
    }
    count += lexeme === '{' || lexeme === '[' ? COLLECTION_TOKENS : 1;
    if (count > MAX_TOKENS) {
      return problem(
        parser.offset,
        'The file holds too much for YAML; larger sets of tasks are JSONL: tasks: { from: ./tasks.jsonl }',
      );
    }
  }
  for (const token of parser.end()) tokens.push(token);
  return null;
}

function problemsOf(document: Document.Parsed, text: string): YamlProblem[] {
  const found: YamlProblem[] = [];
  const { explicit, version } = document.directives.yaml;
  if (explicit && version !== '1.2') {
    found.push(
      problem(0, `%YAML ${version} reads values in another way, expected 1.2 or no %YAML line`),
    );
  }
  const bottom = text.trimEnd().length;
  let last: Span = { start: -1, end: -1 };
  for (const error of document.errors) {
    const [at, end] = error.pos;
    const start = Math.min(at, bottom);
    const quote = /^Missing closing .quote/.test(error.message) ? quoteBefore(document, at) : null;
    if (quote) {
      const message = 'Not YAML: the quotes that open here are not closed';
      found.push({ span: quote, message });
      break; // the text takes in all that follows
    }
    if (start >= last.start && start <= last.end) continue; // the first on a line leads to the others
    last = lineAround(text, start);
    const message = syntaxMessage(error, text.slice(last.start, last.end));
    found.push({ span: { start, end }, message });
  }
  for (const { code, pos, message } of document.warnings) {
    if (code !== 'TAG_RESOLVE_FAILED') continue;
    const tag = message.replace('Unresolved tag: ', '').replace('tag:yaml.org,2002:', '!!');
    const mend = `Unknown tag ${tag}; write the value in quotes if it is text`;
    found.push({ span: { start: pos[0], end: pos[1] }, message: mend, bounded: true });
  }
  return found;
}

/** Where the last text in quotes opens that begins before an offset. */
function quoteBefore(document: Document.Parsed, offset: number): Span | null {
  let last: Span | null = null;
  visit(document, {
    Scalar: (_key, node) => {
      const start = node.range?.[0] ?? offset;
      const isQuoted = node.type === 'QUOTE_DOUBLE' || node.type === 'QUOTE_SINGLE';
      if (isQuoted && start < offset) last = { start, end: start + 1 };
    },
  });
  return last;
}

const mends: Readonly<Record<string, string>> = {
  BAD_ALIAS: 'text that begins with * must be in quotes',
  BAD_SCALAR_START: 'write the text in quotes',
  BLOCK_AS_IMPLICIT_KEY: 'text that contains ": " must be in quotes',
  TAB_AS_INDENT: 'use spaces',
};

function syntaxMessage({ code, message }: YAMLError, line: string): string {
  const braces = /(?:^|[\s:[,-])\{\{[^{}]*\}\}/.test(line);
  const mend = braces ? 'text with {{name}} must be in quotes' : mends[code];
  return `Not YAML: ${message}${mend === undefined ? '' : `; ${mend}`}`;
}

function lineAround(text: string, offset: number): Span {
  const end = text.indexOf('\n', offset);
  return { start: text.lastIndexOf('\n', offset - 1) + 1, end: end === -1 ? text.length : end };
}

function problem(at: number, message: string): YamlProblem {
  return { span: { start: at, end: at + 1 }, message };
}
