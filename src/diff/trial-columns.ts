import type { Status } from '../model/status.ts';
import type { TrialResult } from '../model/trial-result.ts';
import type { PlacedTrial, TrialPlace } from './compared-side.ts';
import { GrowingColumn } from './growing-column.ts';
import { HexColumn } from './hex-column.ts';

/** Figures of a trial that a comparison goes by. */
export const trialFigures = ['score', 'cost_usd', 'tokens', 'steps', 'seconds'] as const;
export type TrialFigure = (typeof trialFigures)[number];

/** How the trials of a row ended, as far as they left a result. */
export type EndCounts = Record<Status, number>;

const STATUSES: readonly Status[] = ['pass', 'fail', 'error', 'skip'];

/** Failed and passed trials that stand alone, held once for all rows. */
const ALONE: readonly (readonly number[])[] = [[0], [1]];

/** Place of the first status that decides nothing. */
const UNDECIDED = 2;

/** The trials of one run as columns of numbers: what a comparison needs of them, in the order of their file. */
export class TrialColumns {
  private readonly rows = new GrowingColumn((length) => new Int32Array(length));
  private readonly numbers = new GrowingColumn((length) => new Int32Array(length));
  private readonly statuses = new GrowingColumn((length) => new Uint8Array(length));
  private readonly offsets = new GrowingColumn((length) => new Float64Array(length));
  private readonly sizes = new GrowingColumn((length) => new Int32Array(length));
  private readonly ids = new HexColumn();
  private readonly figures = {
    score: new GrowingColumn((length) => new Float64Array(length)),
    cost_usd: new GrowingColumn((length) => new Float64Array(length)),
    tokens: new GrowingColumn((length) => new Float64Array(length)),
    steps: new GrowingColumn((length) => new Float64Array(length)),
    seconds: new GrowingColumn((length) => new Float64Array(length)),
  };
  private starts = new Int32Array(1);
  private order = new Int32Array(0);
  private readonly scratch: number[] = [];

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
      const twice = this.sortRow(row);
      if (twice !== null) return { row, number: twice };
    }
    return null;
  }

  /** Sorts the trials of a row; gives the first number that stands there twice. */
  private sortRow(row: number): number | null {
    let isSorted = true;
    const compare = (index: number) =>
      this.numbers.at(this.trialOf(row, index)) - this.numbers.at(this.trialOf(row, index - 1));
    for (let index = 1; index < this.count(row); index++) {
      if (compare(index) <= 0) isSorted = false;
    }
    if (isSorted) return null;
    const own = this.order.subarray(this.starts[row], this.starts[row + 1]);
    own.sort((a, b) => this.numbers.at(a) - this.numbers.at(b));
    for (let index = 1; index < own.length; index++) {
      if (compare(index) === 0) return this.numbers.at(own[index] ?? -1);
    }
    return null;
  }

  /** How many trials of a row left a result. */
  count(row: number): number {
    return (this.starts[row + 1] ?? 0) - (this.starts[row] ?? 0);
  }

  /** Place of a trial of a row in the columns, where they are numbered from 0 in ascending order. */
  trialOf(row: number, index: number): number {
    return this.order[(this.starts[row] ?? 0) + index] ?? -1;
  }

  /** How the trials of a row ended. */
  ends(row: number): EndCounts {
    const counts: EndCounts = { pass: 0, fail: 0, error: 0, skip: 0 };
    for (let index = 0; index < this.count(row); index++) {
      counts[this.status(this.trialOf(row, index))]++;
    }
    return counts;
  }

  /** 1 for each trial of a row that passed, 0 for each that failed. */
  passes(row: number): readonly number[] {
    const passes = this.decided(row, (at) => (this.status(at) === 'pass' ? 1 : 0));
    return passes.length === 1 ? (ALONE[passes[0] ?? 0] ?? passes) : passes;
  }

  /** A figure of the decided trials of a row, of those that tell it. */
  values(row: number, figure: TrialFigure): number[] {
    const values = this.figures[figure];
    return this.decided(row, (at) => values.at(at));
  }

  /** Numbers of the decided trials of a row but for NaN, in a list that is no longer than they are: there may be very many lists. */
  private decided(row: number, of: (at: number) => number): number[] {
    let count = 0;
    for (let index = 0; index < this.count(row); index++) {
      const at = this.trialOf(row, index);
      const value = this.statuses.at(at) < UNDECIDED ? of(at) : Number.NaN;
      if (!Number.isNaN(value)) this.scratch[count++] = value;
    }
    return this.scratch.slice(0, count);
  }

  /** Place of the first trial of a row that ended so; the first of all where no status is named, null where there is none. */
  first(row: number, status?: Status): number | null {
    for (let index = 0; index < this.count(row); index++) {
      const at = this.trialOf(row, index);
      if (status === undefined || this.status(at) === status) return at;
    }
    return null;
  }

  /** Id of the trial at a place. */
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
