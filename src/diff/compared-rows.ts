import type { TaskChange } from '../model/task-change.ts';
import { benjaminiHochberg } from '../stats/benjamini-hochberg.ts';
import { holm } from '../stats/holm.ts';
import { changeTeller } from './change-of.ts';
import type { ComparedSide } from './compared-side.ts';
import type { ReadSide } from './read-side.ts';
import type { RowPair } from './row-pairs.ts';
import type { SideRow } from './side-row.ts';

/** What a row counts as in a comparison; only those that were `kept` are held against each other. */
export type RowCount = 'kept' | 'edited' | 'new' | 'missing' | 'quarantined' | 'skipped';

/** A row of either run with what came of it. */
export type ComparedRow = RowPair & {
  readonly change: TaskChange['change'];
  readonly edited: boolean | null;
  readonly counts: RowCount;
  /** Part of the figures: kept, and decided in both runs. */
  readonly compared: boolean;
};

/** p-values of rows by their place; NaN where nothing was tested. */
export interface RowTests {
  /** Two-sided, of the trials of the row. */
  readonly p: Float64Array;
  /** One-sided for a regression, Holm over all that are compared. */
  readonly holm: Float64Array;
  /** Two-sided, Benjamini–Hochberg over all that are compared. */
  readonly q: Float64Array;
}

/** A row that both runs have. */
export type PairedRow = ComparedRow & { readonly base: number; readonly head: number };

/** Tells of each pair of rows how it changed and whether it counts. */
export function compareRows(
  base: ReadSide,
  head: ReadSide,
  pairs: readonly RowPair[],
): { rows: readonly ComparedRow[]; tests: RowTests } {
  const changeOf = changeTeller();
  const [p, worse] = [new Float64Array(pairs.length), new Float64Array(pairs.length)];
  const rows = pairs.map((pair, at): ComparedRow => {
    const before = pair.base === null ? null : base.trials.ends(pair.base);
    const after = pair.head === null ? null : head.trials.ends(pair.head);
    const found = changeOf(before, after);
    p[at] = found.p ?? Number.NaN;
    worse[at] = found.pWorse ?? Number.NaN;
    const edited = editedOf(base.side, head.side, pair);
    const counts = countOf(
      base.side.rows.at(pair.base ?? -1),
      head.side.rows.at(pair.head ?? -1),
      edited,
    );
    const compared = counts === 'kept' && found.p !== null;
    const { change } = found;
    // Not by spreading, which takes far more memory
    return { base: pair.base, head: pair.head, change, edited, counts, compared } as ComparedRow;
  });
  const places = [...rows.keys()].filter((at) => rows[at]?.compared);
  const tests = {
    p,
    holm: adjusted(holm, worse, places),
    q: adjusted(benjaminiHochberg, p, places),
  };
  return { rows, tests };
}

/** Adjusts the p-values at some places for their number; NaN at all others. */
function adjusted(adjust: typeof holm, ps: Float64Array, places: readonly number[]): Float64Array {
  const all = new Float64Array(ps.length).fill(Number.NaN);
  const found = adjust(places.map((at) => ps[at] ?? Number.NaN));
  for (const [index, at] of places.entries()) all[at] = found[index] ?? Number.NaN;
  return all;
}

/** Whether both runs have a row. */
export function isPaired(row: ComparedRow): row is PairedRow {
  return row.base !== null && row.head !== null;
}

/** The rows that the figures are about. */
export function comparedOf(rows: readonly ComparedRow[]): PairedRow[] {
  return rows.filter((row): row is PairedRow => row.compared && isPaired(row));
}

/** Whether what a row asks for differs, by its digest or else by that of its suite; null where that is not known, false where one run has no such row. */
function editedOf(base: ComparedSide, head: ComparedSide, pair: RowPair): boolean | null {
  const [before, after] = [base.rows.at(pair.base ?? -1), head.rows.at(pair.head ?? -1)];
  if (!before || !after) return false;
  if (before.digest !== null && after.digest !== null) return before.digest !== after.digest;
  const suite = base.suites.get(before.suite);
  return suite !== undefined && suite === head.suites.get(after.suite) ? false : null;
}

function countOf(
  base: SideRow | undefined,
  head: SideRow | undefined,
  edited: boolean | null,
): RowCount {
  if (base?.skip !== undefined || head?.skip !== undefined) return 'skipped';
  if (!head) return 'missing';
  if (head.quarantine) return 'quarantined';
  if (!base) return 'new';
  return edited === true ? 'edited' : 'kept';
}
