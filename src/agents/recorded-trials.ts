/** Where the line of one trial stands. */
export interface Recorded {
  readonly line: number;
  readonly offset: number;
  readonly bytes: number;
  /** Why the trial cannot be judged, where that is known already. */
  readonly fault?: string;
  /** The line itself cannot be read: it is a trial in error wherever trials end. */
  readonly unreadable?: true;
}

/** Where the lines of a task's trials stand; small, as a recording may hold a million. */
export class RecordedTrials {
  /** The highest trial, 0 for none. */
  highest = 0;
  private readonly lines: number[] = [];
  private readonly offsets: number[] = [];
  private readonly bytes: number[] = [];
  private readonly faults = new Map<number, Pick<Recorded, 'fault' | 'unreadable'>>();
  /** Place of each trial in the lists; null as long as they came as 1, 2, 3 and so on. */
  private places: Map<number, number> | null = null;

  /** Notes the line of a trial; a second one is a fault. */
  add(trial: number, { line, offset, bytes, fault, unreadable }: Recorded): void {
    const known = this.placeOf(trial);
    if (known !== undefined) {
      const twice = `It is recorded twice, in lines ${this.lines[known]} and ${line}`;
      this.faults.set(known, { ...this.faults.get(known), fault: twice });
      return;
    }
    const place = this.lines.push(line) - 1;
    this.offsets.push(offset);
    this.bytes.push(bytes);
    if (this.places === null && trial !== place + 1) this.places = new Map(this.listed());
    this.places?.set(trial, place);
    this.highest = Math.max(this.highest, trial);
    if (fault !== undefined) this.faults.set(place, { fault, ...(unreadable && { unreadable }) });
  }

  get(trial: number): Recorded | undefined {
    const place = this.placeOf(trial);
    if (place === undefined) return undefined;
    const [line = 0, offset = 0, bytes = 0] = [
      this.lines[place],
      this.offsets[place],
      this.bytes[place],
    ];
    return { line, offset, bytes, ...this.faults.get(place) };
  }

  /** Numbers of the trials, as they were noted. */
  *trials(): Generator<number> {
    if (this.places) yield* this.places.keys();
    else for (let trial = 1; trial <= this.lines.length; trial++) yield trial;
  }

  private placeOf(trial: number): number | undefined {
    if (this.places) return this.places.get(trial);
    return trial >= 1 && trial <= this.lines.length ? trial - 1 : undefined;
  }

  /** Trials and places of all but the last line, which came as 1, 2, 3 and so on. */
  private listed(): [number, number][] {
    return this.lines.slice(0, -1).map((_, place) => [place + 1, place]);
  }
}
