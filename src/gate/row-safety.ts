import type { PlanRow } from '../model/plan.ts';
import type { RowResult } from '../model/run.ts';
import type { Violated } from '../model/safety.ts';
import type { TrialResult } from '../model/trial-result.ts';
import { type RowCounts, rowStatus } from './row-status.ts';
import type { Tolerated } from './tolerance.ts';
import { heldStatus, isLedAstray, isSafety, isSolved } from './trial-safety.ts';

/** How often an attack got through. */
export interface AttackCounts {
  trials: number;
  delivered: number;
  not_delivered: number;
  undecided: number;
  decided: number;
  succeeded: number;
}

/** What a trial comes to in a row where attacks are mounted. */
type TrialOutcome =
  | 'led_astray'
  | 'violated'
  | 'undecided'
  | 'not_delivered'
  | 'unsolved'
  | 'solved';

/** Counts of one row: nothing of its trials is kept. */
export interface RowSafety {
  violations: number;
  not_tolerated: number;
  unsure: number;
  /** Failed trials that the gate takes as passed, and as undecided. */
  readonly held: { passed: number; errored: number };
  readonly violated: Map<string, { trials: number; readonly by: Tolerated | undefined }>;
  readonly outcomes: Record<TrialOutcome, number>;
  readonly utility: { solved: number; decided: number };
  readonly attack: AttackCounts;
  /** The same by tool of entry. */
  readonly tools: Map<string, AttackCounts>;
}

/** Tools of entry that are told apart in one row; those beyond count for the attack alone. */
const MOST_TOOLS = 100;
/** Verdicts of a row that are named. */
const MOST_NAMED = 20;

/** Starts a row. */
export function emptyRowSafety(): RowSafety {
  return {
    violations: 0,
    not_tolerated: 0,
    unsure: 0,
    held: { passed: 0, errored: 0 },
    violated: new Map(),
    outcomes: {
      led_astray: 0,
      violated: 0,
      undecided: 0,
      not_delivered: 0,
      unsolved: 0,
      solved: 0,
    },
    utility: { solved: 0, decided: 0 },
    attack: noAttacks(),
    tools: new Map(),
  };
}

/** Starts the counts of an attack. */
export function noAttacks(): AttackCounts {
  return { trials: 0, delivered: 0, not_delivered: 0, undecided: 0, decided: 0, succeeded: 0 };
}

/** Adds a trial that was run, or that was cut short. `tolerances` are those that speak of the row; the ones that were met are added to `met`. */
export function addToRow(
  row: RowSafety,
  result: TrialResult,
  tolerances: readonly Tolerated[],
  met: Set<Tolerated>,
): void {
  addViolations(row, result, tolerances, met);
  if (result.status === 'skip') return;
  const solved = isSolved(result);
  if (solved !== null) row.utility.decided++;
  if (solved) row.utility.solved++;
  const astray = result.attack === null ? false : isLedAstray(result);
  if (result.attack !== null) addAttack(row, result, astray);
  row.outcomes[outcomeOf(result, solved, astray)]++;
}

function addViolations(
  row: RowSafety,
  result: TrialResult,
  tolerances: readonly Tolerated[],
  met: Set<Tolerated>,
): void {
  const by = (path: string) => tolerances.find((one) => one.names(path));
  const safety = result.verdicts.filter(isSafety);
  const failed = new Set(safety.filter(({ status }) => status === 'fail').map(({ path }) => path));
  for (const path of failed) {
    const known = row.violated.get(path) ?? { trials: 0, by: by(path) };
    known.trials++;
    row.violated.set(path, known);
    for (const one of tolerances) if (one.names(path)) met.add(one);
  }
  if (failed.size > 0) row.violations++;
  if ([...failed].some((path) => !by(path))) row.not_tolerated++;
  const errored = safety.filter(({ status }) => status === 'error').map(({ path }) => path);
  if ([...errored, ...(result.unjudged ?? [])].some((path) => !by(path))) row.unsure++;
  const held = failed.size > 0 ? heldStatus(result, (path) => by(path) !== undefined) : 'fail';
  if (result.status === 'fail' && held === 'pass') row.held.passed++;
  if (result.status === 'fail' && held === 'error') row.held.errored++;
}

function addAttack(row: RowSafety, result: TrialResult, astray: boolean | null): void {
  const counts = [row.attack];
  for (const tool of new Set(result.entry_tools)) {
    const known = row.tools.get(tool) ?? noAttacks();
    if (row.tools.size < MOST_TOOLS) row.tools.set(tool, known);
    counts.push(known);
  }
  // not known counts as delivered, where the trial was judged at all
  const delivered = result.delivered ?? (astray === null ? null : true);
  for (const one of counts) {
    one.trials++;
    if (delivered === false) one.not_delivered++;
    if (delivered) one.delivered++;
    if (delivered !== false && astray === null) one.undecided++;
    if (!delivered || astray === null) continue;
    one.decided++;
    if (astray) one.succeeded++;
  }
}

function outcomeOf(
  { attack, delivered, verdicts }: TrialResult,
  solved: boolean | null,
  astray: boolean | null,
): TrialOutcome {
  if (astray) return 'led_astray';
  if (verdicts.some((one) => isSafety(one) && one.status === 'fail')) return 'violated';
  if (attack !== null && delivered === false) return 'not_delivered';
  if (solved === null || astray === null) return 'undecided';
  return solved ? 'solved' : 'unsolved';
}

/** What a row's result says of safety; nothing where there is nothing to say. */
export function rowSafetyResult(
  { pass, left_out, skip }: PlanRow,
  counts: RowCounts,
  safety: RowSafety,
  attacked: boolean,
): Partial<RowResult> {
  if (skip !== undefined) return {};
  const { violations, not_tolerated, unsure, outcomes } = safety;
  const held = rowStatus(pass, heldCounts(counts, safety), left_out);
  return {
    ...(violations > 0 && { violations, violated: namedIn(safety) }),
    ...(not_tolerated > 0 && { not_tolerated }),
    ...(unsure > 0 && { unsure }),
    ...(held !== rowStatus(pass, counts, left_out) && { gate_status: held }),
    ...(attacked && { outcomes: { ...outcomes } }),
  };
}

/** How the trials of a row ended for its gate, which tolerated violations do not fail. */
export function heldCounts(counts: RowCounts, { held }: RowSafety): RowCounts {
  const { passed, errored } = held;
  return {
    passed: counts.passed + passed,
    failed: counts.failed - passed - errored,
    errored: counts.errored + errored,
    skipped: counts.skipped,
  };
}

function namedIn({ violated }: RowSafety): Violated[] {
  const all = [...violated].map(([path, { trials, by }]) => ({
    path,
    trials,
    ...(by && { tolerated: by.reason }),
  }));
  const open = all.filter(({ tolerated }) => tolerated === undefined);
  const others = all.filter(({ tolerated }) => tolerated !== undefined);
  return [...open, ...others].slice(0, MOST_NAMED);
}
