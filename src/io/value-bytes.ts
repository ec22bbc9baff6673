import { isUtf8 } from 'node:buffer';

/** Gathers the bytes of one value from the chunks that hold it, up to a cap. */
export class ValueBytes {
  private readonly maxBytes: number;
  private parts: Buffer[] = [];
  private size = 0;

  constructor(maxBytes: number) {
    this.maxBytes = maxBytes;
  }

  /** Adds bytes, a view that must stay valid; beyond the cap all of them are dropped. */
  add(part: Buffer): void {
    this.size += part.length;
    if (this.size > this.maxBytes) this.parts = [];
    else if (part.length > 0) this.parts.push(part);
  }

  /** The last byte that a test accepts. */
  findLast(accepts: (byte: number) => boolean): number | undefined {
    return this.parts.at(-1)?.findLast(accepts);
  }

  /** Gives the value as text, or why it has none, and begins anew. */
  take(): { text: string } | { fault: string } {
    const { parts, size } = this;
    this.parts = [];
    this.size = 0;
    if (size > this.maxBytes) {
      return { fault: `The record is longer than ${Math.floor(this.maxBytes / 1024 / 1024)} MiB` };
    }
    const bytes = parts.length === 1 && parts[0] !== undefined ? parts[0] : Buffer.concat(parts);
    return isUtf8(bytes)
      ? { text: bytes.toString('utf8') }
      : { fault: 'The record is not valid UTF-8' };
  }
}
