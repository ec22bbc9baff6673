import type { PairedRow } from './compared-rows.ts';
import type { ReadSide } from './read-side.ts';
import { RowIndex } from './row-index.ts';
import type { SideRow } from './side-row.ts';

/** The cluster of each row: rows of one task belong together. Undefined where each is its own. */
export type Clusters = readonly number[] | undefined;

/** Values of the trials of each row in both runs. */
export interface ScoredRows {
  readonly base: readonly (readonly number[])[];
  readonly head: readonly (readonly number[])[];
  readonly clusters: Clusters;
}

/** Gathers values of rows by the place of a row in each run. */
export function scoredRows(
  rows: readonly PairedRow[],
  clusters: Clusters,
  base: (at: number) => readonly number[],
  head: (at: number) => readonly number[],
): ScoredRows {
  return {
    base: rows.map((row) => base(row.base)),
    head: rows.map((row) => head(row.head)),
    clusters,
  };
}

/** The same number for all rows of a task of a suite, whatever the attack and the agent; undefined where no task has several. */
export function clustersOf({ side }: ReadSide, rows: readonly PairedRow[]): Clusters {
  const index = new RowIndex();
  const clusters = rows.map(({ head }, at) => {
    const { suite, task } = side.rows.at(head) as SideRow; // a row of this run
    const key = { suite, task, attack: null, agent: null };
    const known = index.find(key);
    if (known === undefined) index.add(key, at);
    return known ?? at;
  });
  return clusters.every((cluster, at) => cluster === at) ? undefined : clusters;
}

/** The clusters of some of the rows. */
export function clustersAt(clusters: Clusters, places: readonly number[]): Clusters {
  return clusters && places.map((at) => clusters[at] ?? at);
}
