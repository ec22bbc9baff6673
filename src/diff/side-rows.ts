import { AgentopsError } from '../errors.ts';
import { didYouMean } from '../match/nearest-name.ts';
import type { PlanRow } from '../model/plan.ts';
import type { SideRow, ToldRow } from './compared-side.ts';

/** A row of a plan or a task of a report, as far as a comparison reads it. */
type NamedRow = Omit<SideRow, 'digest' | 'pass' | 'told'> & {
  readonly digest?: string | undefined;
  readonly pass?: PlanRow['pass'] | undefined;
};

/** Makes slim rows; names that many of them share are held once. */
export function rowMaker(): (row: NamedRow, told: ToldRow | null) => SideRow {
  const names = new Map<string, string>();
  const shared = (name: string) => {
    const known = names.get(name) ?? name;
    names.set(name, known);
    return known;
  };
  // Key by key: spreading takes far more memory, and there may be 100,000 rows
  return (row, told) => {
    const made: { -readonly [Key in keyof SideRow]: SideRow[Key] } = {
      suite: shared(row.suite),
      task: row.task,
      agent: shared(row.agent),
      attack: row.attack === null ? null : shared(row.attack),
      trials: row.trials,
      digest: row.digest ?? null,
      pass: row.pass ?? null,
      told,
    };
    if (row.skip !== undefined) made.skip = shared(row.skip);
    if (row.quarantine) made.quarantine = row.quarantine;
    if (row.left_out !== undefined) made.left_out = row.left_out;
    if (row.grown_from !== undefined) made.grown_from = row.grown_from;
    if (row.at) made.at = { file: shared(row.at.file), line: row.at.line };
    return made;
  };
}

/** What a run says of a row, as far as a comparison reads it. */
export function toldOf({ status, passed, violated, not_tolerated, unsure }: ToldRow): ToldRow {
  const told: ToldRow = { status, passed };
  if (violated) told.violated = violated;
  if (not_tolerated !== undefined) told.not_tolerated = not_tolerated;
  if (unsure !== undefined) told.unsure = unsure;
  return told;
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
