type Numbers = Float64Array | Int32Array | Uint32Array | Uint8Array;

/** Numbers one after another, in a typed array that grows: a hundred thousand cost no object each. */
export class GrowingColumn<Column extends Numbers> {
  private held: Column;
  private readonly make: (length: number) => Column;
  length = 0;

  constructor(make: (length: number) => Column) {
    this.make = make;
    this.held = make(1024);
  }

  /** Adds a number at the end. */
  push(value: number): void {
    if (this.length === this.held.length) {
      const larger = this.make(this.held.length * 2);
      larger.set(this.held);
      this.held = larger;
    }
    this.held[this.length++] = value;
  }

  /** Changes the number at a place that is there. */
  set(index: number, value: number): void {
    if (index < this.length) this.held[index] = value;
  }

  /** The number at a place; NaN beyond the end. */
  at(index: number): number {
    return this.held[index] ?? Number.NaN;
  }
}
