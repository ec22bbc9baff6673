/** What is no Python that calls can be read from. */
export class NotPython extends Error {}

const NAME = /[\p{ID_Start}_][\p{ID_Continue}]*/uy;
const NUMBER =
  /(?:0[xX][\da-fA-F]+|0[oO][0-7]+|0[bB][01]+|(?:\d[\d_]*\.?[\d_]*|\.\d[\d_]*)(?:[eE][+-]?\d+)?)/y;
const STRING = /([rRuU]?)('''|"""|'|")/y;
const ESCAPE = /\\(?:([0-7]{1,3})|x([\da-fA-F]{2})|u([\da-fA-F]{4})|U([\da-fA-F]{8})|(\n|.))/gsu;
const SIMPLE: Readonly<Record<string, string>> = {
  ...{ n: '\n', t: '\t', r: '\r', a: '\u0007', b: '\b', f: '\f', v: '\v' },
  ...{ '\\': '\\', "'": "'", '"': '"', '\n': '' },
};

/** Reads words of Python from a text, one after the other; what is none throws `NotPython`. */
export class PythonText {
  private at = 0;
  private readonly text: string;

  constructor(text: string) {
    this.text = text;
    this.skipSpace();
  }

  /** Where the next word begins. */
  get place(): number {
    return this.at;
  }

  /** The text since a place, without the space after it. */
  since(place: number): string {
    return this.text.slice(place, this.at).trim();
  }

  atEnd(): boolean {
    return this.at >= this.text.length;
  }

  /** Takes a sign if it stands next. */
  takes(sign: string): boolean {
    if (!this.text.startsWith(sign, this.at)) return false;
    this.at += sign.length;
    this.skipSpace();
    return true;
  }

  expect(sign: string): void {
    if (!this.takes(sign)) throw new NotPython(`${sign} is missing`);
  }

  /** Whether a sign stands next. */
  sees(sign: string): boolean {
    return this.text.startsWith(sign, this.at);
  }

  /** A name if one stands next, not the letter before a string. */
  name(): string | null {
    if (this.matches(STRING)) return null;
    return this.taken(NAME)?.[0] ?? null;
  }

  number(): number | null {
    const found = this.taken(NUMBER)?.[0];
    if (found === undefined) return null;
    const value = Number(found.replaceAll('_', ''));
    if (!Number.isFinite(value) || /^0\d/.test(found)) throw new NotPython('no such number');
    return value;
  }

  /** A string, and those right after it, which belong to it. */
  string(): string | null {
    let whole: string | null = null;
    for (let part = this.oneString(); part !== null; part = this.oneString()) {
      whole = (whole ?? '') + part;
    }
    return whole;
  }

  private oneString(): string | null {
    const [all, prefix, quote] = this.matches(STRING) ?? [];
    if (all === undefined || quote === undefined) return null;
    const start = this.at + all.length;
    const end = this.endOf(quote, start);
    const body = this.text.slice(start, end);
    this.at = end + quote.length;
    this.skipSpace();
    return prefix?.toLowerCase() === 'r' ? body : unescaped(body);
  }

  private endOf(quote: string, start: number): number {
    for (let at = start; at < this.text.length; at++) {
      if (this.text[at] === '\\') at++;
      else if (this.text.startsWith(quote, at)) return at;
      else if (this.text[at] === '\n' && quote.length === 1) break;
    }
    throw new NotPython('a string has no end');
  }

  private matches(pattern: RegExp): RegExpExecArray | null {
    pattern.lastIndex = this.at;
    return pattern.exec(this.text);
  }

  private taken(pattern: RegExp): RegExpExecArray | null {
    const found = this.matches(pattern);
    if (found === null) return null;
    this.at += found[0].length;
    this.skipSpace();
    return found;
  }

  /** Passes over white space, and over the rest of a line behind #. */
  private skipSpace(): void {
    const space = /(?:\s|\\\n|#[^\n]*)*/y;
    space.lastIndex = this.at;
    this.at += space.exec(this.text)?.[0].length ?? 0;
  }
}

function unescaped(body: string): string {
  return body.replace(ESCAPE, (all, octal, two, four, eight, other) => {
    if (octal !== undefined) return String.fromCodePoint(Number.parseInt(octal, 8));
    const hex = two ?? four ?? eight;
    if (hex === undefined) return SIMPLE[other] ?? named(all); // a backslash before others stays
    const code = Number.parseInt(hex, 16);
    if (code > 0x10ffff) throw new NotPython('no such character');
    return String.fromCodePoint(code);
  });
}

function named(written: string): string {
  if (written === '\\N') throw new NotPython('characters by name are not known');
  return written;
}
