import {
  BACKSLASH,
  CLOSE,
  CLOSE_LIST,
  COMMA,
  NEWLINE,
  OPEN,
  OPEN_LIST,
  QUOTE,
} from './json-bytes.ts';

/** Why a walk over a value came to a halt: at the end of the bytes, after the value, after a line break, or after one inside a text, where none can be. */
export type Halt = 'bytes' | 'value' | 'line' | 'torn';

/** Follows the depth and the texts of one JSON value over the chunks that hold it. */
export class JsonNesting {
  /** Why the last walk came to a halt. */
  halt: Halt = 'bytes';
  private depth = 0;
  private inText = false;
  private escaped = false;

  /** Begins another value. */
  begin(): void {
    this.depth = 0;
    this.inText = false;
    this.escaped = false;
  }

  /** Walks through an object, a list or a text; gives the index after the last byte that it passed. */
  walk(chunk: Buffer, start: number): number {
    let at = start;
    while (at < chunk.length) {
      if (this.inText) {
        at = this.walkText(chunk, at);
        if (this.halt === 'torn') return at;
        if (this.depth === 0 && !this.inText) return this.stop('value', at);
        continue;
      }
      const byte = chunk[at++];
      if (byte === QUOTE) this.inText = true;
      else if (byte === OPEN || byte === OPEN_LIST) this.depth++;
      else if (byte === CLOSE || byte === CLOSE_LIST) {
        if (--this.depth === 0) return this.stop('value', at);
      } else if (byte === NEWLINE) return this.stop('line', at);
    }
    return this.stop('bytes', at);
  }

  /** Walks through a number, a word or a text in a list, up to what ends it. */
  walkScalar(chunk: Buffer, start: number): number {
    let at = start;
    while (at < chunk.length) {
      if (this.inText) {
        at = this.walkText(chunk, at);
        if (this.halt === 'torn') return at;
        continue;
      }
      const byte = chunk[at];
      if (byte === COMMA || byte === CLOSE_LIST || byte === NEWLINE) return this.stop('value', at);
      this.inText = byte === QUOTE;
      at++;
    }
    return this.stop('bytes', at);
  }

  private walkText(chunk: Buffer, start: number): number {
    let { escaped } = this;
    for (let at = start; at < chunk.length; at++) {
      const byte = chunk[at];
      if (byte === NEWLINE) return this.stop('torn', at + 1);
      if (escaped) escaped = false;
      else if (byte === BACKSLASH) escaped = true;
      else if (byte === QUOTE) {
        this.inText = false;
        this.escaped = false;
        return this.stop('bytes', at + 1);
      }
    }
    this.escaped = escaped;
    return this.stop('bytes', chunk.length);
  }

  private stop(halt: Halt, at: number): number {
    this.halt = halt;
    return at;
  }
}
