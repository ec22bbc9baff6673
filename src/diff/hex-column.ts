import { GrowingColumn } from './growing-column.ts';

const USUAL = /^[0-9a-f]{16}$/;

/** Texts in eight bytes each, as far as they are the 16 hexadecimal digits that ids of trials mostly are. */
export class HexColumn {
  private readonly upper = new GrowingColumn((length) => new Uint32Array(length));
  private readonly lower = new GrowingColumn((length) => new Uint32Array(length));
  private readonly others = new Map<number, string>();

  /** Adds a text at the end. */
  push(text: string): void {
    const isUsual = USUAL.test(text);
    if (!isUsual) this.others.set(this.upper.length, text);
    this.upper.push(isUsual ? Number.parseInt(text.slice(0, 8), 16) : 0);
    this.lower.push(isUsual ? Number.parseInt(text.slice(8), 16) : 0);
  }

  /** The text at a place. */
  at(index: number): string {
    return this.others.get(index) ?? hex(this.upper.at(index)) + hex(this.lower.at(index));
  }
}

function hex(value: number): string {
  return value.toString(16).padStart(8, '0');
}
