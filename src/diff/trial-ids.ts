import { GrowingColumn } from './growing-column.ts';

const USUAL = /^[0-9a-f]{16}$/;

/** Ids of trials in eight bytes each, as far as they are the 16 hexadecimal digits that they mostly are. */
export class TrialIds {
  private readonly upper = new GrowingColumn((length) => new Uint32Array(length));
  private readonly lower = new GrowingColumn((length) => new Uint32Array(length));
  private readonly others = new Map<number, string>();

  /** Adds an id at the end. */
  push(id: string): void {
    const isUsual = USUAL.test(id);
    if (!isUsual) this.others.set(this.upper.length, id);
    this.upper.push(isUsual ? Number.parseInt(id.slice(0, 8), 16) : 0);
    this.lower.push(isUsual ? Number.parseInt(id.slice(8), 16) : 0);
  }

  /** The id at a place. */
  at(index: number): string {
    return this.others.get(index) ?? hex(this.upper.at(index)) + hex(this.lower.at(index));
  }
}

function hex(value: number): string {
  return value.toString(16).padStart(8, '0');
}
