import { GrowingBytes } from './growing-bytes.ts';

const NEWLINE = 10;
const RETURN = 13;

/** Cuts a stream of bytes into lines and never holds more than the longest that is allowed. */
export class LineSplitter {
  private readonly maxBytes: number;
  private readonly held = new GrowingBytes();
  /** Whether a line was longer than allowed; no more are given out. */
  tooLong = false;

  constructor(maxBytes: number) {
    this.maxBytes = maxBytes;
  }

  /** The lines that end in this chunk, without their breaks. */
  *lines(chunk: Buffer): Generator<Buffer> {
    let start = 0;
    while (!this.tooLong) {
      const end = chunk.indexOf(NEWLINE, start);
      const piece = chunk.subarray(start, end === -1 ? undefined : end);
      this.tooLong = this.held.length + piece.length > this.maxBytes;
      if (this.tooLong) return;
      if (end === -1) return this.held.add(piece);
      yield this.complete(piece);
      start = end + 1;
    }
  }

  /** What stood behind the last break, null for nothing. */
  rest(): Buffer | null {
    return this.held.length === 0 || this.tooLong ? null : withoutReturn(this.held.take());
  }

  private complete(piece: Buffer): Buffer {
    if (this.held.length === 0) return withoutReturn(piece);
    this.held.add(piece);
    return withoutReturn(this.held.take());
  }
}

function withoutReturn(line: Buffer): Buffer {
  return line.at(-1) === RETURN ? line.subarray(0, -1) : line;
}
