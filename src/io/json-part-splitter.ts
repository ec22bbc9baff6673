import { messageOf } from '../errors.ts';
import {
  CLOSE,
  CLOSE_LIST,
  COLON,
  COMMA,
  NEWLINE,
  OPEN,
  OPEN_LIST,
  QUOTE,
  RETURN,
  SPACE,
  TAB,
} from './json-bytes.ts';
import { JsonNesting } from './json-nesting.ts';
import type { JsonPart, PartChoice } from './json-part.ts';
import { ValueBytes } from './value-bytes.ts';

type Place = Pick<JsonPart, 'line' | 'offset'>;
type Expected =
  | 'document'
  | 'key or end'
  | 'key'
  | 'colon'
  | 'value'
  | 'comma or end'
  | 'element or end'
  | 'element'
  | 'comma or end of list'
  | 'nothing';

const BYTE_ORDER_MARK = Buffer.from([0xef, 0xbb, 0xbf]);
const MOST_BYTES = 512 * 1024 * 1024;
const ENDS_WORD: ReadonlySet<number> = new Set([
  COLON,
  COMMA,
  CLOSE,
  CLOSE_LIST,
  SPACE,
  TAB,
  RETURN,
  NEWLINE,
]);

/** What is expected after a byte that is no part of a value. */
const STEPS: Readonly<Partial<Record<Expected, ReadonlyMap<number, Expected>>>> = {
  document: new Map([[OPEN, 'key or end']]),
  'key or end': new Map([[CLOSE, 'nothing']]),
  colon: new Map([[COLON, 'value']]),
  'comma or end': new Map([
    [COMMA, 'key'],
    [CLOSE, 'nothing'],
  ]),
  'element or end': new Map([[CLOSE_LIST, 'comma or end']]),
  'comma or end of list': new Map([
    [COMMA, 'element'],
    [CLOSE_LIST, 'comma or end'],
  ]),
};

/** Takes a JSON object apart while its bytes come in; stops at the first fault. */
export class JsonPartSplitter {
  private readonly choice: PartChoice;
  private readonly fault: (place: Place, state: string) => Error;
  private readonly nesting = new JsonNesting();
  private readonly kept = new ValueBytes(MOST_BYTES);
  private chunk: Buffer = Buffer.alloc(0);
  private base = 0;
  private lineNumber = 1;
  private found: JsonPart[] = [];

  private state: 'between' | 'closed' | 'word' = 'between';
  private expected: Expected = 'document';
  private key = '';
  private readonly keys = new Set<string>();
  private elements: number | null = null;
  private place: Place = { line: 1, offset: 0 };
  private from = 0;

  constructor(choice: PartChoice, fault: (place: Place, state: string) => Error) {
    this.choice = choice;
    this.fault = fault;
  }

  /** The pieces that these bytes complete; throws at what is broken. */
  take(chunk: Buffer): JsonPart[] {
    this.chunk = chunk;
    this.from = 0;
    this.found = [];
    for (let at = 0; at < chunk.length; ) at = this[this.state](at);
    if (this.state !== 'between') this.keep(chunk.length);
    this.base += chunk.length;
    return this.found;
  }

  /** Throws where the object did not end. */
  end(): void {
    if (this.state !== 'between')
      throw this.fault(this.place, 'the file ends inside what begins here: it seems cut off');
    if (this.expected === 'nothing') return;
    const here = { line: this.lineNumber, offset: this.base };
    throw this.fault(
      here,
      this.expected === 'document' ? 'it is empty' : 'the file ends here: it seems cut off',
    );
  }

  private between(at: number): number {
    const byte = this.chunk[at] ?? SPACE;
    if (byte === NEWLINE) this.lineNumber++;
    else if (byte !== SPACE && byte !== TAB && byte !== RETURN && !this.isMark(at)) {
      return this.next(at, byte);
    }
    return at + 1;
  }

  /** A byte of the mark that a file may begin with. */
  private isMark(at: number): boolean {
    return this.expected === 'document' && this.chunk[at] === BYTE_ORDER_MARK[this.base + at];
  }

  /** A byte that is no blank, by what is expected. */
  private next(at: number, byte: number): number {
    const step = STEPS[this.expected]?.get(byte);
    if (step !== undefined) {
      if (byte === CLOSE_LIST) this.closeList(at);
      this.expected = step;
      return at + 1;
    }
    if (this.canBegin(byte)) return this.begin(at, byte);
    const words = this.expected === 'document' ? 'a JSON object' : this.expected;
    throw this.fault(this.here(at), `it is not valid JSON, expected ${words}`);
  }

  private canBegin(byte: number): boolean {
    if (this.expected.startsWith('key')) return byte === QUOTE;
    const isValue = this.expected === 'value' || this.expected.startsWith('element');
    return isValue && !ENDS_WORD.has(byte);
  }

  private begin(at: number, byte: number): number {
    this.place = this.here(at);
    if (this.expected === 'value' && byte === OPEN_LIST && this.choice.lists.has(this.key)) {
      this.elements = 0;
      this.expected = 'element or end';
      return at + 1;
    }
    this.from = at;
    this.nesting.begin();
    const isClosed = byte === OPEN || byte === OPEN_LIST || byte === QUOTE;
    this.state = isClosed ? 'closed' : 'word';
    return isClosed ? at : at + 1;
  }

  private closeList(at: number): void {
    const { key, elements: value } = this;
    this.found.push({ kind: 'end', key, value, ...this.here(at), bytes: 1 });
    this.elements = null;
  }

  /** Inside a value that tells itself where it ends. */
  private closed(start: number): number {
    let at = this.nesting.walk(this.chunk, start);
    while (this.nesting.halt === 'line') {
      this.lineNumber++;
      at = this.nesting.walk(this.chunk, at);
    }
    if (this.nesting.halt === 'torn') {
      throw this.fault(this.place, 'a text is not closed when its line ends');
    }
    return this.nesting.halt === 'value' ? this.finish(at) : at;
  }

  private word(start: number): number {
    for (let at = start; at < this.chunk.length; at++) {
      if (ENDS_WORD.has(this.chunk[at] ?? SPACE)) return this.finish(at);
    }
    return this.chunk.length;
  }

  private finish(end: number): number {
    this.keep(end);
    this.state = 'between';
    if (this.expected.startsWith('key')) {
      this.key = String(this.parsed());
      if (this.keys.has(this.key))
        throw this.fault(this.place, `it has ${JSON.stringify(this.key)} twice`);
      if (this.isWanted()) this.keys.add(this.key);
      this.expected = 'colon';
      return end;
    }
    const isElement = this.elements !== null;
    if (this.isWanted()) {
      const bytes = this.base + end - this.place.offset;
      const kind = isElement ? 'element' : 'value';
      this.found.push({ kind, key: this.key, value: this.parsed(), ...this.place, bytes });
    }
    if (this.elements !== null) this.elements++;
    this.expected = isElement ? 'comma or end of list' : 'comma or end';
    return end;
  }

  /** Keeps the bytes of a piece; the chunk is used again for what follows. */
  private keep(end: number): void {
    if (!this.isWanted() && !this.expected.startsWith('key')) return;
    const part = this.chunk.subarray(this.from, end);
    this.kept.add(end === this.chunk.length ? Buffer.from(part) : part);
  }

  private isWanted(): boolean {
    return this.choice.keys.has(this.key);
  }

  private parsed(): unknown {
    const taken = this.kept.take();
    if ('fault' in taken) throw this.fault(this.place, taken.fault);
    try {
      return JSON.parse(taken.text);
    } catch (thrown) {
      throw this.fault(this.place, `it is not valid JSON (${messageOf(thrown)})`);
    }
  }

  private here(at: number): Place {
    return { line: this.lineNumber, offset: this.base + at };
  }
}
