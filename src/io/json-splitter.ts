import {
  CLOSE_LIST,
  COLON,
  COMMA,
  NEWLINE,
  OPEN,
  OPEN_LIST,
  RETURN,
  SPACE,
  TAB,
} from './json-bytes.ts';
import type { JsonItem, JsonPlace } from './json-item.ts';
import { JsonNesting } from './json-nesting.ts';
import { ValueBytes } from './value-bytes.ts';

type State = 'gap' | 'nested' | 'scalar' | 'line' | 'peek' | 'lost';

const BYTE_ORDER_MARK = Buffer.from([0xef, 0xbb, 0xbf]);
const CAN_PRECEDE_VALUE: ReadonlySet<number> = new Set([COMMA, COLON, OPEN_LIST]);

/** Cuts bytes into JSON values, one line, one array element or one top-level value each, without parsing them; a broken value costs as few of its neighbours as can be. */
export class JsonSplitter {
  private readonly value: ValueBytes;
  private readonly nesting = new JsonNesting();
  private chunk: Buffer = Buffer.alloc(0);
  private base = 0;
  private lineNumber = 1;
  private state: State = 'gap';
  private found: JsonItem[] = [];
  /** Whether each line is a value: known after the first line. */
  private linewise: boolean | undefined;
  private endsOnItsLine = false;

  private inArray = false;
  private arrays = 0;
  private arrayLine = 1;
  private expects: 'first' | 'comma' | 'value' = 'first';

  private place: JsonPlace = { line: 1, offset: 0, array: null };
  private from = 0;
  private lineStart = false;

  constructor(maxBytes: number) {
    this.value = new ValueBytes(maxBytes);
  }

  /** The values that these bytes complete. */
  take(chunk: Buffer): JsonItem[] {
    this.chunk = chunk;
    this.from = 0;
    this.found = [];
    for (let at = this.markBytes(); at < chunk.length; ) at = this[this.state](at);
    if (this.state !== 'gap' && this.state !== 'lost') this.keep(chunk.length);
    this.base += chunk.length;
    return this.found;
  }

  /** What is left at the end of the file. */
  end(): JsonItem[] {
    this.chunk = Buffer.alloc(0);
    this.from = 0;
    this.found = [];
    if (this.state === 'line') this.finish(0);
    else if (this.state === 'lost') this.found.push(this.lostItem());
    else if (this.state !== 'gap') this.fault('The file ends inside this record: it seems cut off');
    if (this.inArray) {
      this.place = this.here(0, this.arrayLine);
      this.fault('The file ends before the list that begins here is closed: it seems cut off');
    }
    return this.found;
  }

  /** Between values. */
  private gap(at: number): number {
    const byte = this.chunk[at];
    if (byte === NEWLINE) {
      this.lineNumber++;
      if (this.endsOnItsLine) this.linewise ??= true;
    } else if (byte === SPACE || byte === TAB || byte === RETURN) {
      return at + 1;
    } else if (this.inArray && (byte === COMMA || byte === CLOSE_LIST)) {
      this.separate(at, byte);
    } else if (byte === OPEN_LIST && !this.inArray && this.linewise !== true) {
      this.inArray = true;
      this.arrayLine = this.lineNumber;
      this.expects = 'first';
    } else {
      return this.begin(at, byte);
    }
    this.endsOnItsLine = false;
    return at + 1;
  }

  private separate(at: number, byte: number): void {
    this.place = this.here(at);
    if (byte === COMMA) {
      if (this.expects !== 'comma') this.fault('Expected a record before this comma');
      this.expects = 'value';
      return;
    }
    if (this.expects === 'first') this.fault('The list is empty, expected a record');
    if (this.expects === 'value') this.fault('Expected a record after the comma');
    this.closeList();
  }

  private closeList(): void {
    this.inArray = false;
    this.arrays++;
  }

  private begin(at: number, byte: number | undefined): number {
    this.place = this.here(at);
    if (this.inArray && this.expects === 'comma') this.fault('Expected a comma before this record');
    this.value.take(); // what a fault left behind
    this.from = at;
    this.nesting.begin();
    const nests = byte === OPEN || byte === OPEN_LIST;
    if (!this.inArray && (this.linewise === true || !nests)) this.state = 'line';
    else this.state = nests ? 'nested' : 'scalar';
    return at;
  }

  /** Inside an object or a list; the hot loop. */
  private nested(start: number): number {
    let at = this.nesting.walk(this.chunk, start);
    while (this.nesting.halt === 'line') {
      this.lineNumber++;
      if (!this.inArray && this.linewise === undefined) {
        if (CAN_PRECEDE_VALUE.has(this.byteBefore(at - 1))) this.linewise = false;
        else this.state = 'peek';
        return at;
      }
      at = this.nesting.walk(this.chunk, at);
    }
    return this.afterWalk(at);
  }

  private scalar(start: number): number {
    return this.afterWalk(this.nesting.walkScalar(this.chunk, start));
  }

  private afterWalk(at: number): number {
    if (this.nesting.halt === 'value') this.finish(at);
    if (this.nesting.halt === 'torn') this.tear();
    return at;
  }

  /** After the first line break of the first object: a value cannot follow here, so one that does is the next line's. */
  private peek(at: number): number {
    const byte = this.chunk[at];
    if (byte === SPACE || byte === TAB || byte === RETURN) return at + 1;
    if (byte === NEWLINE) {
      this.lineNumber++;
      return at + 1;
    }
    this.linewise = byte === OPEN;
    this.state = 'nested';
    if (this.linewise) {
      this.fault('The line ends inside this record: it seems cut off');
      this.state = 'gap';
    }
    return at;
  }

  private line(at: number): number {
    const end = this.chunk.indexOf(NEWLINE, at);
    if (end === -1) return this.chunk.length;
    this.finish(end);
    return end;
  }

  /** A text cannot hold a line break: what follows cannot be told, up to a line that begins with a value. */
  private tear(): void {
    this.lineNumber++;
    this.lineStart = true;
    this.state = 'lost';
  }

  private lost(at: number): number {
    const byte = this.chunk[at];
    if (this.lineStart && (byte === OPEN || byte === OPEN_LIST || byte === CLOSE_LIST)) {
      this.found.push(this.lostItem());
      if (byte === OPEN_LIST && this.inArray) this.closeList();
      if (!this.inArray) this.linewise ??= byte === OPEN;
      this.expects = byte === CLOSE_LIST ? 'comma' : 'first';
      this.state = 'gap';
      return at;
    }
    const end = this.chunk.indexOf(NEWLINE, at);
    this.lineStart = end !== -1;
    if (end === -1) return this.chunk.length;
    this.lineNumber++;
    return end + 1;
  }

  private lostItem(): JsonItem {
    const { line } = this.place;
    const last = this.lineStart ? this.lineNumber - 1 : this.lineNumber;
    const passed = last > line ? `, lines ${line} to ${last} were passed over` : '';
    return { ...this.place, fault: `A text is not closed when its line ends${passed}` };
  }

  private finish(end: number): void {
    this.keep(end);
    this.found.push({ ...this.place, ...this.value.take() });
    this.state = 'gap';
    this.expects = 'comma';
    this.endsOnItsLine = !this.inArray && this.place.line === this.lineNumber;
  }

  private keep(end: number): void {
    this.value.add(this.chunk.subarray(this.from, end));
  }

  private here(at: number, line = this.lineNumber): JsonPlace {
    return { line, offset: this.base + at, array: this.inArray ? this.arrays : null };
  }

  private fault(fault: string): void {
    this.found.push({ ...this.place, fault });
  }

  private byteBefore(at: number): number {
    const solid = (byte: number) => byte !== SPACE && byte !== TAB && byte !== RETURN;
    const here = this.chunk.subarray(this.from, at).findLast(solid);
    return here ?? this.value.findLast(solid) ?? SPACE;
  }

  private markBytes(): number {
    const atStart = this.base === 0 && this.chunk.subarray(0, 3).equals(BYTE_ORDER_MARK);
    return atStart ? BYTE_ORDER_MARK.length : 0;
  }
}
