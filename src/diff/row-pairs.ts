import type { DiffSummary } from '../model/diff.ts';
import type { ComparedSide } from './compared-side.ts';
import { RowIndex } from './row-index.ts';
import type { RowTable } from './row-table.ts';
import type { SideRow } from './side-row.ts';

/** Places of a row in both runs, null where one has none like it. */
export type RowPair =
  | { readonly base: number; readonly head: number }
  | { readonly base: null; readonly head: number }
  | { readonly base: number; readonly head: null };

/** The rows of two runs that belong together. */
export interface PairedRows {
  /** In the order of head, then those that only base has. */
  readonly pairs: readonly RowPair[];
  readonly alignedBy: DiffSummary['aligned_by'];
  readonly warnings: readonly string[];
}

/** Pairs rows by suite, task, attack and agent; the agent does not count where each run has one for the suite. */
export function pairRows(base: ComparedSide, head: ComparedSide): PairedRows {
  const agents = { base: agentsOf(base.rows), head: agentsOf(head.rows) };
  const isAlone = (suite: string) =>
    agents.base.get(suite)?.size === 1 && agents.head.get(suite)?.size === 1;
  const keyOf = ({ suite, task, attack, agent }: SideRow) => ({
    ...{ suite, task, attack },
    agent: isAlone(suite) ? null : agent,
  });
  const index = new RowIndex();
  for (const [at, row] of base.rows.entries()) index.add(keyOf(row), at);
  const isPaired = new Uint8Array(base.rows.length);
  const pairs: RowPair[] = [];
  for (const [at, row] of head.rows.entries()) {
    const found = index.find(keyOf(row)) ?? null;
    if (found !== null) isPaired[found] = 1;
    pairs.push({ base: found, head: at } as RowPair); // head has it
  }
  for (const [at, paired] of isPaired.entries())
    if (paired === 0) pairs.push({ base: at, head: null });
  const common = [...agents.head.keys()].filter((suite) => agents.base.has(suite));
  const byAgent = common.some((suite) => !isAlone(suite));
  return {
    pairs,
    alignedBy: ['suite', 'task', 'attack', ...(byAgent ? (['agent'] as const) : [])],
    warnings: common.flatMap((suite) => strangersIn(suite, agents)),
  };
}

type Agents = ReadonlyMap<string, ReadonlySet<string>>;

function agentsOf(rows: RowTable): Agents {
  const agents = new Map<string, Set<string>>();
  for (const { suite, agent } of rows) {
    const own = agents.get(suite) ?? new Set();
    agents.set(suite, own.add(agent));
  }
  return agents;
}

/** Agents of a suite none of which both runs have, so that every row would be missing or new. */
function strangersIn(suite: string, agents: { base: Agents; head: Agents }): string[] {
  const [base, head] = [[...(agents.base.get(suite) ?? [])], [...(agents.head.get(suite) ?? [])]];
  if (base.length === 1 && head.length === 1) return [];
  if (base.some((agent) => head.includes(agent))) return [];
  const listed = (names: string[]) => names.slice(0, 6).join(', ');
  const names = `base has ${listed(base)}, head has ${listed(head)}`;
  return [`${suite}: the runs have no agent in common (${names}), name one of each with RUN#AGENT`];
}
