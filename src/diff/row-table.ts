import type { PlanRow } from '../model/plan.ts';
import type { Status } from '../model/status.ts';
import { GrowingColumn } from './growing-column.ts';
import { HexColumn } from './hex-column.ts';
import { SharedColumn } from './shared-column.ts';
import type { SideRow, ToldRow } from './side-row.ts';

/** A row of a plan or a task of a report, as far as a comparison reads it. */
export type NamedRow = Omit<SideRow, 'digest' | 'pass' | 'told'> & {
  readonly digest?: string | null | undefined;
  readonly pass?: PlanRow['pass'] | null | undefined;
};

type Rare = Pick<SideRow, 'skip' | 'quarantine' | 'left_out' | 'grown_from'>;

const STATUSES: readonly Status[] = ['pass', 'fail', 'error', 'skip'];
const UNTOLD = STATUSES.length;
const SHA_256 = /^[0-9a-f]{64}$/;
/** Digits of a digest that are kept: enough to tell two rows apart. */
const DIGITS = 16;
const NO_DIGEST = '';

/** The rows of a run in columns: there may be 100,000 of them, and each is made when it is asked for. */
export class RowTable {
  private readonly suites = new SharedColumn<string>();
  private readonly tasks: (string | null)[] = [];
  private readonly agents = new SharedColumn<string>();
  private readonly attacks = new SharedColumn<string | null>();
  private readonly trials = new GrowingColumn((length) => new Float64Array(length));
  private readonly digests = new HexColumn();
  private readonly passes = new SharedColumn<PlanRow['pass'] | null>(JSON.stringify);
  private readonly files = new SharedColumn<string | null>();
  private readonly lines = new GrowingColumn((length) => new Float64Array(length));
  private readonly rare = new Map<number, Rare>();
  private readonly statuses = new GrowingColumn((length) => new Uint8Array(length));
  private readonly passed = new GrowingColumn((length) => new Float64Array(length));
  private readonly findings = new Map<number, ToldRow>();

  get length(): number {
    return this.tasks.length;
  }

  /** Adds a row at the end, with what the run says of it; null where that is not known, or not yet. */
  add(row: NamedRow, told: ToldRow | null): void {
    const rare = rareOf(row);
    if (rare) this.rare.set(this.length, rare);
    this.suites.push(row.suite);
    this.agents.push(row.agent);
    this.attacks.push(row.attack);
    this.trials.push(row.trials);
    this.digests.push(shortened(row.digest ?? NO_DIGEST));
    this.passes.push(row.pass ?? null);
    this.files.push(row.at?.file ?? null);
    this.lines.push(row.at?.line ?? 0);
    this.statuses.push(UNTOLD);
    this.passed.push(0);
    this.tasks.push(row.task);
    if (told) this.tell(this.length - 1, told);
  }

  /** Notes what the run says of a row that is there. */
  tell(index: number, told: ToldRow): void {
    this.statuses.set(index, STATUSES.indexOf(told.status));
    this.passed.set(index, told.passed);
    const { violated, not_tolerated, unsure } = told;
    const isPlain = !violated && not_tolerated === undefined && unsure === undefined;
    if (!isPlain) this.findings.set(index, toldOf(told));
  }

  /** The row at a place, undefined beyond the ends. */
  at(index: number): SideRow | undefined {
    const task = this.tasks[index];
    if (task === undefined) return undefined;
    const row: { -readonly [Key in keyof SideRow]: SideRow[Key] } = {
      suite: this.suites.at(index),
      task,
      agent: this.agents.at(index),
      attack: this.attacks.at(index),
      trials: this.trials.at(index),
      digest: this.digests.at(index) || null,
      pass: this.passes.at(index),
      told: this.toldAt(index),
    };
    const file = this.files.at(index);
    if (file !== null) row.at = { file, line: this.lines.at(index) };
    const rare = this.rare.get(index);
    return rare ? { ...row, ...rare } : row;
  }

  /** The rows in their order. */
  *[Symbol.iterator](): Generator<SideRow> {
    for (let index = 0; index < this.length; index++) yield this.there(index);
  }

  /** The rows in their order, with their places. */
  *entries(): Generator<[number, SideRow]> {
    for (let index = 0; index < this.length; index++) yield [index, this.there(index)];
  }

  /** A table of some of the rows. */
  filter(isKept: (row: SideRow) => boolean): RowTable {
    const kept = new RowTable();
    for (const row of this) if (isKept(row)) kept.add(row, row.told);
    return kept;
  }

  private there(index: number): SideRow {
    return this.at(index) as SideRow; // below the length
  }

  private toldAt(index: number): ToldRow | null {
    const status = STATUSES[this.statuses.at(index)];
    if (status === undefined) return null;
    return this.findings.get(index) ?? { status, passed: this.passed.at(index) };
  }
}

function shortened(digest: string): string {
  return SHA_256.test(digest) ? digest.slice(0, DIGITS) : digest;
}

/** What few rows have; null where it has nothing of it. */
function rareOf({ skip, quarantine, left_out, grown_from }: NamedRow): Rare | null {
  const rare: { -readonly [Key in keyof Rare]: Rare[Key] } = {};
  if (skip !== undefined) rare.skip = skip;
  if (quarantine) rare.quarantine = quarantine;
  if (left_out !== undefined) rare.left_out = left_out;
  if (grown_from !== undefined) rare.grown_from = grown_from;
  return Object.keys(rare).length > 0 ? rare : null;
}

/** What a run says of a row, without all else that a record may hold. */
function toldOf({ status, passed, violated, not_tolerated, unsure }: ToldRow): ToldRow {
  const told: ToldRow = { status, passed };
  if (violated) told.violated = violated;
  if (not_tolerated !== undefined) told.not_tolerated = not_tolerated;
  if (unsure !== undefined) told.unsure = unsure;
  return told;
}
