import type { GitState } from '../model/plan.ts';
import type { GateResult, Totals } from '../model/run.ts';
import type { Status } from '../model/status.ts';
import { countText } from './figures.ts';
import type { Ink } from './ink.ts';
import { type Cell, type Column, drawTable } from './table.ts';

/** What a list says of a run. */
export interface RunEntry {
  readonly id: string;
  /** `unfinished` without a summary, `unreadable` for what this version cannot read. */
  readonly status: 'completed' | 'interrupted' | 'failed' | 'unfinished' | 'unreadable';
  /** ISO time. */
  readonly started_at: string | null;
  readonly labels: Readonly<Record<string, string>>;
  readonly git: GitState | null;
  readonly totals: Totals | null;
  readonly gate: GateResult | null;
  /** Why it is unreadable. */
  readonly reason?: string;
}

const columns: readonly Column[] = [
  { head: '' },
  { head: 'Run', last: 6 },
  { head: 'Started (UTC)', spare: 2 },
  { head: 'Gate', last: 4 },
  { head: 'Passed', align: 'right', spare: 1 },
  { head: 'Branch', least: 6, spare: 3 },
  { head: 'Labels', least: 6, spare: 4 },
];

/** Lines of a table of runs, in the order given. */
export async function runsTable(runs: readonly RunEntry[], ink: Ink): Promise<string[]> {
  const rows = runs.map((run) => cellsOf(run, ink));
  return drawTable(columns, rows, ink);
}

function cellsOf(run: RunEntry, ink: Ink): Cell[] {
  const status = statusOf(run);
  const paint = ink.as[status];
  const started = run.started_at?.slice(0, 16).replace('T', ' ');
  const labels = Object.entries(run.labels).map(([key, value]) => `${key}=${value}`);
  const { totals } = run;
  return [
    { text: ink.signs[status], paint },
    { text: ink.line(run.id, 60) },
    { text: ink.line(started ?? ink.signs.none, 16) },
    { text: ink.line(run.gate?.status ?? run.status), paint },
    { text: totals ? `${countText(totals.pass)}/${countText(totals.planned)}` : ink.signs.none },
    { text: ink.line(run.git?.branch ?? ink.signs.none, 40) },
    { text: ink.line(labels.join(', '), 80) },
  ];
}

function statusOf({ gate }: RunEntry): Status {
  return gate?.status === 'pass' || gate?.status === 'fail' ? gate.status : 'error';
}
