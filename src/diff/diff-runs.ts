import { COMPARISON_DEFAULTS } from '../model/comparison-defaults.ts';
import type { DiffSummary } from '../model/diff.ts';
import { type ComparedRow, comparedOf, compareRows } from './compared-rows.ts';
import type { ComparedSide } from './compared-side.ts';
import type { Diff } from './diff.ts';
import { coverageOf } from './diff-counts.ts';
import { diffWarnings } from './diff-warnings.ts';
import { figureChanges, passesOf, passRatesOf } from './figure-changes.ts';
import { attackChanges, groupChange, judgeChanges, rowGroups } from './group-changes.ts';
import { type ReadSide, readSide } from './read-side.ts';
import { RowIndex } from './row-index.ts';
import { pairRows } from './row-pairs.ts';
import { clustersOf } from './scored-rows.ts';
import { shownTrial, trialsToShow } from './shown-trials.ts';
import { taskChanges } from './task-changes.ts';

/** How two runs are compared. */
export interface DiffOptions {
  /** Of intervals. */
  readonly level?: number;
  /** Of what is drawn at random; 0 unless given. */
  readonly seed?: number;
  /** Loss of pass rate that does not count. */
  readonly margin?: number;
}

/** Compares two runs: reads the trials of each once and keeps numbers of them. Throws `store_fault` or `input_fault` where a run contradicts itself. */
export async function diffRuns(
  base: ComparedSide,
  head: ComparedSide,
  {
    level = 1 - COMPARISON_DEFAULTS.alpha,
    seed = 0,
    margin = COMPARISON_DEFAULTS.margin,
  }: DiffOptions = {},
): Promise<Diff> {
  const [before, after] = [await readSide(base), await readSide(head)];
  const paired = pairRows(base, head);
  const { rows, tests } = compareRows(before, after, paired.pairs);
  const isShown = (at: number) => (tests.holm[at] ?? 1) <= (1 - level) / 2;
  const { counts, ...lists } = coverageOf(before, after, rows, isShown);
  const found = figuresOf(before, after, rows, { level, seed, margin });
  const summary: DiffSummary = {
    schema_version: 1,
    base: base.facts,
    head: head.facts,
    aligned_by: [...paired.alignedBy],
    level,
    counts,
    ...found,
    ...lists,
    warnings: [...paired.warnings, ...diffWarnings(before, after, rows)],
  };
  const rowNamed = rowFinder(before, after, rows);
  return {
    summary,
    tasks: () =>
      taskChanges(before, after, rows, (at) => ({
        p: known(tests.p[at]),
        p_holm: known(tests.holm[at]),
        q: known(tests.q[at]),
        shown: isShown(at),
      })),
    pair: async (change) => {
      const row = rowNamed(change);
      if (!row) return { base: null, head: null };
      const trials = trialsToShow(before, after, row);
      return {
        base: await shownTrial(before, trials.base),
        head: await shownTrial(after, trials.head),
      };
    },
  };
}

/** A p-value, null where nothing was tested. */
function known(p: number | undefined): number | null {
  return p === undefined || Number.isNaN(p) ? null : p;
}

function figuresOf(
  base: ReadSide,
  head: ReadSide,
  rows: readonly ComparedRow[],
  { level, seed, margin }: Required<DiffOptions>,
): Pick<DiffSummary, 'figures' | 'groups' | 'judges' | 'attacks'> {
  const compared = comparedOf(rows);
  const source = { base, head, rows: compared, clusters: clustersOf(head, compared), level, seed };
  const passes = passesOf(source);
  const passRate = passRatesOf(source, passes);
  const groups = rowGroups(source);
  return {
    figures: figureChanges(source, passes, passRate),
    groups: groups.flatMap((group) =>
      groups.length === 1
        ? groupChange(group, margin, passes, passRate)
        : groupChange(group, margin),
    ),
    judges: groups.flatMap(judgeChanges),
    attacks: groups.flatMap(attackChanges),
  };
}

/** Finds the row that a task was made of; looks rows up by name once the first is asked for. */
function rowFinder(base: ReadSide, head: ReadSide, rows: readonly ComparedRow[]) {
  let index: RowIndex | null = null;
  const indexed = () => {
    const made = new RowIndex();
    for (const [at, row] of rows.entries()) {
      const names = head.side.rows.at(row.head ?? -1) ?? base.side.rows.at(row.base ?? -1);
      if (names) made.add(names, at);
    }
    return made;
  };
  return ({ agent, ...names }: Parameters<Diff['pair']>[0]): ComparedRow | undefined => {
    index ??= indexed();
    const at = index.find({ ...names, agent: agent.head ?? agent.base });
    return rows[at ?? -1];
  };
}
