import { type SafetyTally, safetyTally } from '../gate/safety-tally.ts';
import { isObject } from '../json/object.ts';
import type { GateRule, Plan } from '../model/plan.ts';
import type { Verdict } from '../model/verdict.ts';
import type { JudgeTally } from './judge-tally.ts';
import type { ReadyRow } from './plan-rows.ts';
import type { FinishedTrial } from './run-trial.ts';
import { addTrial, emptyFigures, emptyTally, type FigureTally, type RowTally } from './tally.ts';
import { trialWarnings } from './trial-warnings.ts';

/** Adds a run up while it goes on. */
export interface RunTally {
  /** Adds a finished trial of the row at that place. */
  add(row: number, one: FinishedTrial): void;
  readonly sums: {
    readonly tallies: readonly RowTally[];
    readonly figures: FigureTally;
    readonly safety: SafetyTally;
  };
  warnings(): string[];
  /** Every verdict of every trial so far passed: there is nothing to find in them. */
  isUneventful(): boolean;
}

/** Starts to add up the rows of a run; `judged` is null where no suite has LLM judges. */
export function runTally(
  plan: Plan,
  rows: readonly ReadyRow[],
  judged: JudgeTally | null,
): RunTally {
  const timed = new Set(plan.suites.filter(({ gate }) => asksTime(gate)).map(({ suite }) => suite));
  const tallies = rows.map(({ row }) => emptyTally(timed.has(row.suite)));
  const figures = emptyFigures();
  const safety = safetyTally(plan);
  const warned = trialWarnings();
  let uneventful = true;
  return {
    add: (row, one) => {
      uneventful &&= isUneventful(one);
      warned.add((rows[row] as ReadyRow).row, one); // a row of the plan
      addTrial(tallies[row] as RowTally, figures, one.result); // as many tallies as rows
      safety.add(row, one.result);
      if (one.asked) judged?.add(one.result, one.asked);
    },
    sums: { tallies, figures, safety },
    warnings: warned.lines,
    isUneventful: () => uneventful,
  };
}

/** Whether a gate asks how long trials take: only then each time is kept. */
function asksTime(gate: GateRule | null): boolean {
  const parts = [gate, ...Object.values(gate?.tags ?? {}), ...Object.values(gate?.agents ?? {})];
  return parts.some((part) => part?.p95_seconds !== undefined);
}

function isUneventful({ result }: FinishedTrial): boolean {
  return result.status === 'pass' && result.verdicts.every(isUnremarkable);
}

/** Whether a verdict needs no line of a report: it passed, and is no figure that somebody asked for. */
function isUnremarkable({ status, details }: Verdict): boolean {
  return status === 'pass' && !(isObject(details) && Object.hasOwn(details, 'metric'));
}
