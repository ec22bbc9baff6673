import type { DiffSummary } from '../model/diff.ts';
import { isMixed } from './change-of.ts';
import { type ComparedRow, isPaired } from './compared-rows.ts';
import type { ReadSide } from './read-side.ts';
import { statusAt } from './task-side.ts';

/** Tasks that the lists of a summary name; the counts are of all. */
const MOST_NAMED = 100;

/** The parts of a summary that tell what was and was not held against each other. */
export type Coverage = Pick<DiffSummary, 'counts' | 'missing' | 'smaller' | 'violations'>;

/** Counts rows by what became of them, and names those that are missing, have fewer decided trials, or broke a rule of safety. */
export function coverageOf(
  base: ReadSide,
  head: ReadSide,
  rows: readonly ComparedRow[],
  isShown: (at: number) => boolean,
): Coverage {
  const counts = noCounts();
  const missing: DiffSummary['missing'] = [];
  const smaller: DiffSummary['smaller'] = [];
  const violations: DiffSummary['violations'] = [];
  for (const [at, row] of rows.entries()) {
    if (row.counts === 'kept') addKept(counts, base, head, row);
    else counts[row.counts]++;
    if (row.compared) counts.compared++;
    if (isShown(at)) counts.shown++;
    if (row.counts === 'edited') addEdited(counts, base, head, row);
    if (row.counts === 'skipped' && isNewlySkipped(base, row)) counts.newly_skipped++;
    if (row.counts === 'missing') addFirst(missing, () => nameOf(base, row.base));
    if (row.head === null) continue;
    if (row.counts === 'kept') {
      const decided = { base: wantedOf(base, row.base), head: decidedOf(head, row.head) };
      if (decided.head < decided.base) {
        addFirst(smaller, () => ({ ...nameOf(head, row.head), ...decided }));
      }
    }
    const status = LEFT.has(row.counts) ? null : statusAt(head, row.head);
    if (status === 'fail') counts.failing++;
    if (status === 'error' || status === 'skip') counts.open++;
    addViolations(counts, violations, base, head, row);
  }
  return { counts, missing, smaller, violations };
}

/** Rows that are no part of what head answers for. */
const LEFT: ReadonlySet<ComparedRow['counts']> = new Set(['missing', 'skipped', 'quarantined']);

type Counts = DiffSummary['counts'];

function addKept(counts: Counts, base: ReadSide, head: ReadSide, row: ComparedRow): void {
  if (!isPaired(row)) return;
  counts[row.change]++;
  if (row.edited === null) counts.edit_unknown++;
  const [before, after] = [base.trials.ends(row.base), head.trials.ends(row.head)];
  const decided = { base: before.pass + before.fail, head: after.pass + after.fail };
  if (decided.head < wantedOf(base, row.base)) counts.smaller++;
  if (decided.base === 0) return;
  counts.lost += (head.side.rows.at(row.head)?.trials ?? 0) - decided.head;
  const isFlaky = isMixed({ happened: after.pass, trials: decided.head });
  if (isFlaky && !isMixed({ happened: before.pass, trials: decided.base })) counts.newly_flaky++;
}

function addEdited(counts: Counts, base: ReadSide, head: ReadSide, row: ComparedRow): void {
  if (!isPaired(row)) return;
  const isWorse = statusAt(base, row.base) === 'pass' && statusAt(head, row.head) !== 'pass';
  if (isWorse) counts.edited_worse++;
}

/** Whether base decided a row that only head skips: a suite gets smaller by that, too. */
function isNewlySkipped(base: ReadSide, { base: at, head }: ComparedRow): boolean {
  const before = base.side.rows.at(at ?? -1);
  if (head === null || !before || before.skip !== undefined) return false;
  return decidedOf(base, at) > 0;
}

function addViolations(
  counts: Counts,
  list: DiffSummary['violations'],
  base: ReadSide,
  head: ReadSide,
  { base: before, head: at }: ComparedRow,
): void {
  const row = head.side.rows.at(at ?? -1);
  if (at === null || !row || row.skip !== undefined) return;
  counts.unsure += head.verdicts.unsureOf(at, row);
  const trials = head.verdicts.violationsOf(at, row);
  counts.violations += trials;
  if (trials === 0 || list.length >= MOST_NAMED) return;
  for (const path of head.verdicts.violated.namesOf(at)) {
    const { happened } = head.verdicts.violated.get(at, path);
    if (happened === 0) continue;
    const in_base = before !== null && base.verdicts.violated.get(before, path).of > 0;
    addFirst(list, () => ({ ...nameOf(head, at), path, trials: happened, in_base }));
  }
}

function addFirst<Item>(list: Item[], make: () => Item): void {
  if (list.length < MOST_NAMED) list.push(make());
}

function decidedOf({ trials }: ReadSide, at: number | null): number {
  if (at === null) return 0;
  const { pass, fail } = trials.ends(at);
  return pass + fail;
}

/** Decided trials that the other run must have too; those that a run added until it was decided are its own affair. */
function wantedOf(of: ReadSide, at: number | null): number {
  const { grown_from = Number.POSITIVE_INFINITY } = of.side.rows.at(at ?? -1) ?? {};
  return Math.min(decidedOf(of, at), grown_from);
}

function nameOf({ side }: ReadSide, at: number | null): DiffSummary['missing'][number] {
  const { suite, task, attack, agent } = side.rows.at(at ?? -1) ?? NOBODY;
  return { suite, task, attack, agent };
}

const NOBODY = { suite: '', task: null, attack: null, agent: '' };

function noCounts(): Counts {
  return {
    ...{ compared: 0, regressed: 0, fixed: 0, flaky: 0, same: 0, undecided: 0, new: 0, missing: 0 },
    ...{ edited: 0, edit_unknown: 0, edited_worse: 0, failing: 0, open: 0, newly_flaky: 0 },
    newly_skipped: 0,
    ...{ quarantined: 0, skipped: 0, smaller: 0, lost: 0, shown: 0, violations: 0, unsure: 0 },
  };
}
