import path from 'node:path';
import { AgentopsError } from '../errors.ts';
import type { GateStatus } from '../model/status.ts';
import { readPlanHead, readSummaryHead } from './run-head.ts';
import { folderOfRuns, listRunIds } from './runs-list.ts';

/** Runs that a picture of the past shows. */
const SHOWN = 30;

/** One run in the history of its suites. */
export interface HistoryPoint {
  readonly id: string;
  /** ISO time. */
  readonly started_at: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly commit: string | null;
  readonly gate: GateStatus | null;
  readonly pass_rate: number | null;
  readonly score: number | null;
  readonly cost_usd: number | null;
}

/** The runs of a base that ended and were of the same suites as that run, up to it, oldest first and the newest of many; runs that cannot be read are passed over. */
export async function runHistory(
  base: string,
  { id, suites }: { readonly id: string; readonly suites: readonly string[] },
): Promise<HistoryPoint[]> {
  const runs = await folderOfRuns(base);
  const wanted = namesOf(suites);
  const points: HistoryPoint[] = [];
  for (const other of (await listRunIds(base)).reverse()) {
    if (points.length === SHOWN) break;
    const point = other > id ? null : await pointOf(path.join(runs, other), wanted);
    if (point !== null) points.unshift(point);
  }
  return points;
}

/** The run of a folder, null where it is of other suites, did not end or cannot be read. */
async function pointOf(dir: string, suites: string): Promise<HistoryPoint | null> {
  try {
    const plan = await readPlanHead(dir);
    if (namesOf(plan.suites.map(({ suite }) => suite)) !== suites) return null;
    const summary = await readSummaryHead(dir);
    if (summary === null) return null;
    const { pass_rate, score, cost_usd } = summary.totals;
    return {
      id: plan.id,
      started_at: plan.started_at,
      labels: plan.labels,
      commit: plan.git.commit,
      gate: summary.gate.status,
      pass_rate,
      score,
      cost_usd,
    };
  } catch (thrown) {
    if (thrown instanceof AgentopsError) return null;
    throw thrown;
  }
}

function namesOf(suites: readonly string[]): string {
  return JSON.stringify([...new Set(suites)].sort());
}
