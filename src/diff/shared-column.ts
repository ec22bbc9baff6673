import { GrowingColumn } from './growing-column.ts';

/** Values one after another that many places share: each is held once, a place costs four bytes. */
export class SharedColumn<Value> {
  private readonly ids = new GrowingColumn((length) => new Int32Array(length));
  private readonly values: Value[] = [];
  private readonly known = new Map<unknown, number>();
  private readonly keyOf: (value: Value) => unknown;

  /** Values of the same key are taken for the same; a value is its own key unless told otherwise. */
  constructor(keyOf: (value: Value) => unknown = (value) => value) {
    this.keyOf = keyOf;
  }

  /** Adds a value at the end. */
  push(value: Value): void {
    const key = this.keyOf(value);
    const known = this.known.get(key);
    const id = known ?? this.values.length;
    if (known === undefined) {
      this.known.set(key, id);
      this.values.push(value);
    }
    this.ids.push(id);
  }

  /** The value at a place that is there. */
  at(index: number): Value {
    return this.values[this.ids.at(index)] as Value; // each id is the place of a value
  }
}
