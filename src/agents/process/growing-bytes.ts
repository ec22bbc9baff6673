/** Bytes that come in pieces, in one buffer that doubles: many small pieces cost no more than they hold. */
export class GrowingBytes {
  private buffer = Buffer.alloc(0);
  private filled = 0;

  get length(): number {
    return this.filled;
  }

  add(bytes: Buffer): void {
    const length = this.filled + bytes.length;
    if (length > this.buffer.length) {
      const larger = Buffer.allocUnsafe(Math.max(length, this.buffer.length * 2, 4096));
      this.buffer.copy(larger, 0, 0, this.filled);
      this.buffer = larger;
    }
    bytes.copy(this.buffer, this.filled);
    this.filled = length;
  }

  /** All of them, and starts again with none. */
  take(): Buffer {
    const bytes = this.buffer.subarray(0, this.filled);
    this.buffer = Buffer.alloc(0);
    this.filled = 0;
    return bytes;
  }
}
