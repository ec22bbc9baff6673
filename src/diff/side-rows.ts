import { AgentopsError } from '../errors.ts';
import { didYouMean } from '../match/nearest-name.ts';
import type { PlanRow } from '../model/plan.ts';
import type { SideRow, ToldRow } from './compared-side.ts';

/** A row of a plan or a task of a report, as far as a comparison reads it. */
type NamedRow = Pick<
  PlanRow,
  | 'suite'
  | 'task'
  | 'agent'
  | 'attack'
  | 'skip'
  | 'quarantine'
  | 'trials'
  | 'left_out'
  | 'grown_from'
  | 'at'
> & { readonly digest?: string | undefined; readonly pass?: PlanRow['pass'] | undefined };

/** Makes slim rows; names that many of them share are held once. */
export function rowMaker(): (row: NamedRow, told: ToldRow | null) => SideRow {
  const names = new Map<string, string>();
  const shared = (name: string) => {
    const known = names.get(name) ?? name;
    names.set(name, known);
    return known;
  };
  return ({ suite, task, agent, attack, skip, quarantine, trials, left_out, ...more }, told) => ({
    suite: shared(suite),
    task,
    agent: shared(agent),
    attack: attack === null ? null : shared(attack),
    trials,
    digest: more.digest ?? null,
    pass: more.pass ?? null,
    told,
    ...(skip !== undefined && { skip: shared(skip) }),
    ...(quarantine && { quarantine }),
    ...(left_out !== undefined && { left_out }),
    ...(more.grown_from !== undefined && { grown_from: more.grown_from }),
    ...(more.at && { at: { file: shared(more.at.file), line: more.at.line } }),
  });
}

/** What a run says of a row, as far as a comparison reads it. */
export function toldOf({ status, passed, violated, not_tolerated, unsure }: ToldRow): ToldRow {
  return {
    status,
    passed,
    ...(violated && { violated }),
    ...(not_tolerated !== undefined && { not_tolerated }),
    ...(unsure !== undefined && { unsure }),
  };
}

/** The rows of one agent, or all of them where none is named. Throws `usage` where the run has no such agent. */
export function rowsOfAgent(
  rows: readonly SideRow[],
  agent: string | undefined,
  run: string,
): readonly SideRow[] {
  if (agent === undefined) return rows;
  const own = rows.filter((row) => row.agent === agent);
  if (own.length > 0) return own;
  const agents = [...new Set(rows.map((row) => row.agent))];
  const words = `Cannot compare the agent "${agent}" of run ${run}: it has none of that name`;
  throw new AgentopsError('usage', `${words}, ${didYouMean(agent, agents)}`);
}

/** How many trials rows plan. */
export function plannedTrials(rows: readonly SideRow[]): number {
  return rows.reduce((sum, { trials }) => sum + trials, 0);
}
