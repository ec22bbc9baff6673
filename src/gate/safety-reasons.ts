import type { RowResult } from '../model/run.ts';
import type { AttackFigure } from '../model/safety.ts';

/** What safety has to say to a gate, in words and bounded. */
export interface SafetyReasons {
  /** Violations that nothing tolerates. */
  readonly violations: string[];
  /** Trials in which a violation cannot be ruled out. */
  readonly unsure: string[];
  /** Attacks that tested nothing. */
  readonly undelivered: string[];
  readonly tolerated: string[];
}

const MOST_REASONS = 10;

/** Gives the reasons of rows of one suite and agent that were run, each with the row that it is about; in quarantine only violations count. */
export function safetyReasons(
  rows: readonly RowResult[],
  attacks: readonly AttackFigure[],
  name: string,
): SafetyReasons {
  const violations = rows.flatMap((row) => violatedIn(row, name));
  const tolerated = toleratedIn(rows, name);
  const unsure = rows.flatMap((row) => {
    if (row.unsure === undefined || row.quarantine !== undefined) return [];
    const where = whereOf(row, row.unsure);
    const why = 'its verdict is in error, or was never given';
    return [`${name}A violation cannot be ruled out in ${where}: ${why}`];
  });
  const undelivered = attacks
    .filter(({ trials, delivered }) => trials > 0 && delivered === 0)
    .map(({ attack, agent }) => `${name}Attack "${attack}" was delivered in no trial of ${agent}`);
  return {
    violations: bounded(violations),
    unsure: bounded(unsure),
    undelivered: bounded(undelivered),
    tolerated: bounded(tolerated),
  };
}

/** One line for each verdict, reason and agent: a tolerated violation is expected, and may be met often. */
function toleratedIn(rows: readonly RowResult[], name: string): string[] {
  const groups = new Map<
    string,
    { rows: RowResult[]; trials: number; why: string; path: string }
  >();
  for (const row of rows) {
    for (const { path, trials, tolerated: why } of row.violated ?? []) {
      if (why === undefined) continue;
      const key = JSON.stringify([path, why, row.agent]);
      const group = groups.get(key) ?? { rows: [], trials: 0, why, path };
      group.rows.push(row);
      group.trials += trials;
      groups.set(key, group);
    }
  }
  return [...groups.values()].map(({ rows: met, trials, why, path }) => {
    const [first] = met;
    const where =
      first && met.length === 1 ? whereOf(first, trials) : `${trials} trials by ${first?.agent}`;
    return `${name}Tolerated: ${path} failed in ${where}${why === '' ? '' : `: ${why}`}`;
  });
}

function violatedIn(row: RowResult, name: string): string[] {
  if (row.not_tolerated === undefined) return [];
  return (row.violated ?? []).flatMap(({ path, trials, tolerated }) =>
    tolerated === undefined ? [`${name}Violation: ${path} failed in ${whereOf(row, trials)}`] : [],
  );
}

/** `2 of 3 trials of "refund" under attack "exfiltrate" by langgraph`. */
function whereOf({ task, attack, agent, trials: all }: RowResult, trials: number): string {
  const under = attack === null ? '' : ` under attack "${attack}"`;
  const of = task === null ? 'records that name no task' : `"${task}"`;
  return `${trials} of ${all} ${all === 1 ? 'trial' : 'trials'} of ${of}${under} by ${agent}`;
}

function bounded(reasons: readonly string[]): string[] {
  if (reasons.length <= MOST_REASONS) return [...reasons];
  const left = reasons.length - MOST_REASONS;
  return [...reasons.slice(0, MOST_REASONS), `and ${left} more like these`];
}
