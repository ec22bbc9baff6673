import type { PlanRow } from '../model/plan.ts';
import type { FinishedTrial } from './run-trial.ts';

/** What the trials of a run warn of, gathered so that each thing is said once for a row. */
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

/** The most warnings of one kind that are told one by one. */
const MOST = 20;

/** Starts without warnings. */
export function trialWarnings(): TrialWarnings {
  const nearly = new Map<string, Nearly>();
  const unmocked = new Map<string, number>();
  return {
    add: (row, { near = [], unmocked: tools = [], result }) => {
      for (const tool of tools) unmocked.set(tool, (unmocked.get(tool) ?? 0) + 1);
      if (result.status === 'skip') return;
      for (const { ceiling, used, most } of near) {
        if (used > most) continue; // the verdicts say so
        const key = `${row.suite}\0${row.task}\0${row.agent}\0${ceiling}`;
        const known = nearly.get(key) ?? { row, ceiling, most, trials: 0, used: 0 };
        known.trials++;
        known.used = Math.max(known.used, used);
        nearly.set(key, known);
      }
    },
    lines: () => [
      ...cut([...nearly.values()].map(nearlyLine).sort()),
      ...cut([...unmocked].map(unmockedLine).sort()),
    ],
  };
}

function nearlyLine({ row, ceiling, most, trials, used }: Nearly): string {
  const figure = Number(used.toPrecision(6));
  const percent = Math.round((used / most) * 100);
  const where = `${row.suite} › ${row.task} (${row.agent})`;
  const often = trials > 1 ? `, and nearly as much in ${trials} trials` : '';
  return `${where}: ${ceiling} ${figure} of ${most} is ${percent} % of the ceiling${often}`;
}

function unmockedLine([tool, trials]: [string, number]): string {
  const often = trials === 1 ? '1 trial' : `${trials} trials`;
  return `${tool} is mocked, but in ${often} the agent answered it itself: whether the real tool ran is not known`;
}

function cut(lines: readonly string[]): string[] {
  if (lines.length <= MOST) return [...lines];
  return [...lines.slice(0, MOST), `and ${lines.length - MOST} more warnings of that kind`];
}
