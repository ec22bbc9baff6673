import { ceilingOf } from '../live/ceiling-names.ts';
import type { PlanRow } from '../model/plan.ts';
import type { FinishedTrial } from './run-trial.ts';

/** Ceilings that trials nearly used up, each said once for a row. */
export interface TrialWarnings {
  add(row: PlanRow, one: FinishedTrial): void;
  lines(): string[];
}

interface Nearly {
  readonly row: PlanRow;
  readonly ceiling: string;
  readonly most: number;
  trials: number;
  used: number;
}

/** The most warnings that are told one by one. */
const MOST = 20;
/** Of ceilings this low the last one is no news: one turn of one turn. */
const FEW = 5;
const COUNTS = ['turns', 'tool_calls', 'writes', 'irreversible', 'external', 'repeats'];

/** Starts without warnings. */
export function trialWarnings(): TrialWarnings {
  const nearly = new Map<string, Nearly>();
  return {
    add: (row, { near = [], result }) => {
      if (result.status === 'skip') return;
      for (const { ceiling, used, most } of near) {
        if (used > most) continue; // the verdicts say so
        if (most < FEW && COUNTS.includes(ceilingOf(ceiling).figure)) continue;
        const key = `${row.suite}\0${row.task}\0${row.agent}\0${ceiling}`;
        const known = nearly.get(key) ?? { row, ceiling, most, trials: 0, used: 0 };
        known.trials++;
        known.used = Math.max(known.used, used);
        nearly.set(key, known);
      }
    },
    lines: () => cut([...nearly.values()].map(nearlyLine).sort()),
  };
}

function nearlyLine({ row, ceiling, most, trials, used }: Nearly): string {
  const figure = Number(used.toPrecision(6));
  const percent = Math.round((used / most) * 100);
  const where = `${row.suite} › ${row.task} (${row.agent})`;
  const often = trials > 1 ? `, and nearly as much in ${trials} trials` : '';
  return `${where}: ${ceiling} ${figure} of ${most} is ${percent} % of the ceiling${often}`;
}

function cut(lines: readonly string[]): string[] {
  if (lines.length <= MOST) return [...lines];
  return [...lines.slice(0, MOST), `and ${lines.length - MOST} more warnings of ceilings`];
}
