import { AgentopsError } from '../errors.ts';
import { didYouMean } from '../match/nearest-name.ts';
import type { RowTable } from './row-table.ts';

/** The rows of one agent, or all of them where none is named. Throws `usage` where the run has no such agent. */
export function rowsOfAgent(rows: RowTable, agent: string | undefined, run: string): RowTable {
  if (agent === undefined) return rows;
  const own = rows.filter((row) => row.agent === agent);
  if (own.length > 0) return own;
  const agents = [...new Set([...rows].map((row) => row.agent))];
  const words = `Cannot compare the agent "${agent}" of run ${run}: it has none of that name`;
  throw new AgentopsError('usage', `${words}, ${didYouMean(agent, agents)}`);
}

/** How many trials rows plan. */
export function plannedTrials(rows: RowTable): number {
  let sum = 0;
  for (const { trials } of rows) sum += trials;
  return sum;
}
