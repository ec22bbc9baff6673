/** How often something happened, of how many times it could have. */
export interface Happened {
  readonly happened: number;
  readonly of: number;
}

const MOST_NAMES = 2 ** 21;
const MOST_TIMES = 2 ** 26;
const NEVER: Happened = { happened: 0, of: 0 };

/** Counts by row and name, for what few rows or names have: a number each. */
export class NamedCounts {
  private readonly ids = new Map<string, number>();
  private readonly counts = new Map<number, number>();

  /** Names that were counted, in the order in which they came. */
  names(): Iterable<string> {
    return this.ids.keys();
  }

  /** Counts one time more. Throws a `RangeError` beyond two million names. */
  add(row: number, name: string, happened: boolean): void {
    const id = this.ids.get(name) ?? this.ids.size;
    if (id >= MOST_NAMES) throw new RangeError('Too many names to count');
    this.ids.set(name, id);
    const key = row * MOST_NAMES + id;
    this.counts.set(key, (this.counts.get(key) ?? 0) + (happened ? MOST_TIMES + 1 : 1));
  }

  /** The counts of a row under a name. */
  get(row: number, name: string): Happened {
    const id = this.ids.get(name);
    return id === undefined ? NEVER : unpacked(this.counts.get(row * MOST_NAMES + id) ?? 0);
  }

  /** Names that a row has counts under. */
  namesOf(row: number): string[] {
    return [...this.ids].flatMap(([name, id]) =>
      this.counts.has(row * MOST_NAMES + id) ? [name] : [],
    );
  }
}

function unpacked(count: number): Happened {
  return { happened: Math.floor(count / MOST_TIMES), of: count % MOST_TIMES };
}
