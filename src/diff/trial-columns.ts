import type { Status } from '../model/status.ts';
import type { TrialResult } from '../model/trial-result.ts';
import type { PlacedTrial, TrialPlace } from './compared-side.ts';
import { GrowingColumn } from './growing-column.ts';
import { TrialIds } from './trial-ids.ts';

/** Figures of a trial that a comparison goes by. */
export const trialFigures = ['score', 'cost_usd', 'tokens', 'steps', 'seconds'] as const;
export type TrialFigure = (typeof trialFigures)[number];

/** How the trials of a row ended, as far as they left a result. */
export type EndCounts = Record<Status, number>;

const STATUSES: readonly Status[] = ['pass', 'fail', 'error', 'skip'];

/** The trials of one run as columns of numbers: what a comparison needs of them, in the order of their file. */
export class TrialColumns {
  private readonly rows = new GrowingColumn((length) => new Int32Array(length));
  private readonly numbers = new GrowingColumn((length) => new Int32Array(length));
  private readonly statuses = new GrowingColumn((length) => new Uint8Array(length));
  private readonly offsets = new GrowingColumn((length) => new Float64Array(length));
  private readonly sizes = new GrowingColumn((length) => new Int32Array(length));
  private readonly ids = new TrialIds();
  private readonly figures = {
    score: new GrowingColumn((length) => new Float64Array(length)),
    cost_usd: new GrowingColumn((length) => new Float64Array(length)),
    tokens: new GrowingColumn((length) => new Float64Array(length)),
    steps: new GrowingColumn((length) => new Float64Array(length)),
    seconds: new GrowingColumn((length) => new Float64Array(length)),
  };
  private starts = new Int32Array(1);
  private order = new Int32Array(0);

  /** Adds a trial of the row at that place. */
  add(row: number, { result, offset, bytes }: PlacedTrial): void {
    this.rows.push(row);
    this.numbers.push(result.trial);
    this.statuses.push(STATUSES.indexOf(result.status));
    this.offsets.push(offset);
    this.sizes.push(bytes);
    this.ids.push(result.id);
    this.figures.score.push(known(result.score));
    this.figures.cost_usd.push(known(result.cost_usd));
    this.figures.tokens.push(tokensOf(result));
    this.figures.steps.push(known(result.tool_calls));
    this.figures.seconds.push(known(result.duration_ms) / 1000);
  }

  /** Sorts the trials by row and number, once all are there; gives the first row of so many that has a trial twice, with its number. */
  sort(rows: number): { row: number; number: number } | null {
    const starts = new Int32Array(rows + 1);
    for (let at = 0; at < this.rows.length; at++) {
      const next = this.rows.at(at) + 1;
      starts[next] = (starts[next] ?? 0) + 1;
    }
    for (let row = 0; row < rows; row++)
      starts[row + 1] = (starts[row + 1] ?? 0) + (starts[row] ?? 0);
    const filled = starts.slice();
    this.order = new Int32Array(this.rows.length);
    for (let at = 0; at < this.rows.length; at++) {
      const row = this.rows.at(at);
      const place = filled[row] ?? 0;
      this.order[place] = at;
      filled[row] = place + 1;
    }
    this.starts = starts;
    for (let row = 0; row < rows; row++) {
      const own = this.trialsOf(row);
      if (!this.ascends(own)) own.sort((a, b) => this.numbers.at(a) - this.numbers.at(b));
      const twice = own.find(
        (at, index) => this.numbers.at(at) === this.numbers.at(own[index - 1] ?? -1),
      );
      if (twice !== undefined) return { row, number: this.numbers.at(twice) };
    }
    return null;
  }

  private ascends(own: Int32Array): boolean {
    return own.every(
      (at, index) => index === 0 || this.numbers.at(own[index - 1] ?? -1) < this.numbers.at(at),
    );
  }

  /** Places of the trials of a row in the columns, by number. */
  trialsOf(row: number): Int32Array {
    return this.order.subarray(this.starts[row], this.starts[row + 1]);
  }

  /** How the trials of a row ended. */
  ends(row: number): EndCounts {
    const counts: EndCounts = { pass: 0, fail: 0, error: 0, skip: 0 };
    for (const at of this.trialsOf(row)) counts[this.status(at)]++;
    return counts;
  }

  /** 1 for each trial of a row that passed, 0 for each that failed. */
  passes(row: number): number[] {
    const passes: number[] = [];
    for (const at of this.trialsOf(row)) {
      const status = this.status(at);
      if (status === 'pass' || status === 'fail') passes.push(status === 'pass' ? 1 : 0);
    }
    return passes;
  }

  /** A figure of the decided trials of a row, of those that tell it. */
  values(row: number, figure: TrialFigure): number[] {
    const values: number[] = [];
    for (const at of this.trialsOf(row)) {
      const value = this.figures[figure].at(at);
      if (this.statuses.at(at) < 2 && !Number.isNaN(value)) values.push(value);
    }
    return values;
  }

  /** Place of the first trial of a row that ended so; the first of all where no status is named, null where there is none. */
  first(row: number, status?: Status): number | null {
    return (
      this.trialsOf(row).find((at) => status === undefined || this.status(at) === status) ?? null
    );
  }

  id(at: number): string {
    return this.ids.at(at);
  }

  /** Where the record of a trial stands in its file. */
  place(at: number): TrialPlace {
    return { offset: this.offsets.at(at), bytes: this.sizes.at(at) };
  }

  private status(at: number): Status {
    return STATUSES[this.statuses.at(at)] ?? 'error';
  }
}

/** A number, or NaN for what is not told. */
function known(value: unknown): number {
  return typeof value === 'number' && Number.isFinite(value) ? value : Number.NaN;
}

function tokensOf({ input_tokens, output_tokens }: TrialResult): number {
  const [read, written] = [known(input_tokens), known(output_tokens)];
  if (Number.isNaN(read)) return written;
  return Number.isNaN(written) ? read : read + written;
}
