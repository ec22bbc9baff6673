/** What a pattern of Inspect says of calls, parsed: a name and arguments instead of rendered text. */
export interface CallGlob {
  /** Name of the tool, `*` any characters. */
  readonly tool: string;
  /** Whether Inspect takes names that only begin like this, too. */
  readonly covers_longer: boolean;
  /** Arguments by name, or why there are none. */
  readonly args: Readonly<Record<string, ArgumentGlob>> | null;
  /** It takes no arguments at all. */
  readonly none?: true;
}

/** What a pattern wants of an argument: text in pieces between wildcards, a plain value, or anything. */
export type ArgumentGlob =
  | { readonly kind: 'text'; readonly pieces: readonly string[]; readonly open: boolean }
  | { readonly kind: 'value'; readonly value: number | boolean | null; readonly open: boolean }
  | { readonly kind: 'any' };

/** A pattern that cannot be parsed, with the tools that it may be about. */
export interface UnreadGlob {
  /** The widest name that it can stand for. */
  readonly tool: string;
  readonly why: string;
}

/** Parses a pattern that Inspect matches against rendered calls, `name(key='value', …` with a `*` behind it. */
export function parseCallGlob(pattern: string): CallGlob | UnreadGlob {
  const opened = pattern.indexOf('(');
  const star = pattern.indexOf('*');
  if (opened === -1 && star !== -1 && /[='",)]/.test(pattern.slice(star))) {
    // The wildcard reaches over the name into the arguments
    return withArguments(pattern.slice(0, star + 1), pattern.slice(star + 1));
  }
  const name = opened === -1 ? pattern : pattern.slice(0, opened);
  const tool = name.replace(/[?]|\[[^\]]*\]?|\p{Cc}/gu, '*');
  if (tool !== name) {
    const widest = opened === -1 ? `${tool}*` : tool;
    const why = 'a name with ?, [ ] or control characters has no like here';
    return { tool: widest.replace(/\*+/g, '*'), why };
  }
  if (name === '') return { tool: '*', why: 'it names no tool' };
  if (opened === -1) return { tool, covers_longer: !name.endsWith('*'), args: null };
  const rest = pattern.slice(opened + 1);
  if (/^\**$/.test(rest)) return { tool, covers_longer: false, args: null };
  if (/^\)\**$/.test(rest)) return { tool, covers_longer: false, args: null, none: true };
  return withArguments(tool, rest);
}

function withArguments(tool: string, rest: string): CallGlob | UnreadGlob {
  const args = new ArgumentReader(rest).read();
  return args === null
    ? { tool, why: 'its arguments are not key=value' }
    : { tool, covers_longer: false, args };
}

const ESCAPES: Readonly<Record<string, string>> = { n: '\n', t: '\t', r: '\r' };

/** Reads `key='value', other=1` as far as it goes. */
class ArgumentReader {
  private readonly text: string;
  private at = 0;

  constructor(text: string) {
    this.text = text;
  }

  read(): Record<string, ArgumentGlob> | null {
    const args: Record<string, ArgumentGlob> = Object.create(null);
    while (!this.isOver()) {
      this.take(/\**/y);
      const name = this.take(/[A-Za-z_]\w*(?==)/y);
      if (name === null || Object.hasOwn(args, name)) return null;
      this.at++;
      const value = this.value();
      if (value === null) return null;
      args[name] = value;
      if (!this.isOver() && this.take(/\*?, ?|(?=\*)/y) === null) return null;
    }
    return args;
  }

  /** At the end, or where nothing but the end of a call and wildcards follow. */
  private isOver(): boolean {
    return /^\**\)?\**$/.test(this.text.slice(this.at));
  }

  private take(form: RegExp): string | null {
    form.lastIndex = this.at;
    const found = form.exec(this.text)?.[0] ?? null;
    if (found !== null) this.at += found.length;
    return found;
  }

  private value(): ArgumentGlob | null {
    const quote = this.take(/['"]/y);
    if (quote !== null) return this.quoted(quote);
    const word = this.take(/True|False|None/y);
    if (word !== null) return { kind: 'value', value: wordValue(word), open: false };
    const number = this.take(/-?\d+(?:\.\d+)?/y);
    if (number !== null) {
      const open = this.at === this.text.length || this.text[this.at] === '*';
      return { kind: 'value', value: Number(number), open };
    }
    return this.take(/\*+/y) === null ? null : { kind: 'any' };
  }

  /** Text up to the quote that ends it, in pieces between wildcards; open where nothing ends it. */
  private quoted(quote: string): ArgumentGlob | null {
    const pieces = [''];
    const add = (text: string) => pieces.push((pieces.pop() ?? '') + text);
    for (; this.at < this.text.length; this.at++) {
      const character = this.text[this.at] ?? '';
      if (character === quote) {
        this.at++;
        return { kind: 'text', pieces, open: false };
      }
      if (character === '?' || character === '[') return null;
      if (character === '*') pieces.push('');
      else if (character === '\\') {
        this.at++;
        const escaped = this.text[this.at] ?? '';
        if (/[xuU0-9]/.test(escaped)) return null;
        add(ESCAPES[escaped] ?? escaped);
      } else add(character);
    }
    return { kind: 'text', pieces, open: true };
  }
}

function wordValue(word: string): boolean | null {
  return word === 'None' ? null : word === 'True';
}
