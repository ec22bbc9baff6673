import type { TaskChange } from '../model/task-change.ts';
import { benjaminiHochberg } from '../stats/benjamini-hochberg.ts';
import { holm } from '../stats/holm.ts';
import { changeTeller } from './change-of.ts';
import type { ComparedSide, SideRow } from './compared-side.ts';
import type { ReadSide } from './read-side.ts';
import type { RowPair } from './row-pairs.ts';

/** What a row counts as in a comparison; only those that were `kept` are held against each other. */
export type RowCount = 'kept' | 'edited' | 'new' | 'missing' | 'quarantined' | 'skipped';

/** A row of either run with what came of it. */
export type ComparedRow = RowPair & {
  readonly change: TaskChange['change'];
  readonly edited: boolean | null;
  readonly counts: RowCount;
  /** Part of the figures: kept, and decided in both runs. */
  readonly compared: boolean;
  /** Two-sided, of its trials. */
  readonly p: number | null;
  /** One-sided for a regression, Holm over all that are compared. */
  p_holm: number | null;
  /** Two-sided, Benjamini–Hochberg over all that are compared. */
  q: number | null;
};

/** A row that both runs have. */
export type PairedRow = ComparedRow & { readonly base: number; readonly head: number };

/** Tells of each pair of rows how it changed and whether it counts. */
export function compareRows(
  base: ReadSide,
  head: ReadSide,
  pairs: readonly RowPair[],
): readonly ComparedRow[] {
  const changeOf = changeTeller();
  const worse: (number | null)[] = [];
  const rows = pairs.map((pair): ComparedRow => {
    const before = pair.base === null ? null : base.trials.ends(pair.base);
    const after = pair.head === null ? null : head.trials.ends(pair.head);
    const { change, p, pWorse } = changeOf(before, after);
    const edited = editedOf(base.side, head.side, pair);
    const counts = countOf(
      base.side.rows[pair.base ?? -1],
      head.side.rows[pair.head ?? -1],
      edited,
    );
    const compared = counts === 'kept' && p !== null;
    worse.push(compared ? pWorse : null);
    return { ...pair, change, edited, counts, compared, p, p_holm: null, q: null };
  });
  const adjusted = holm(worse);
  const found = benjaminiHochberg(rows.map(({ compared, p }) => (compared ? p : null)));
  for (const [at, row] of rows.entries()) {
    row.p_holm = adjusted[at] ?? null;
    row.q = found[at] ?? null;
  }
  return rows;
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
  const [before, after] = [base.rows[pair.base ?? -1], head.rows[pair.head ?? -1]];
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
