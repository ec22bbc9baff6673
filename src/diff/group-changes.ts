import { groupBy } from '../json/group-by.ts';
import type { AttackChange, GroupChange, JudgeChange } from '../model/diff.ts';
import type { PassRateComparison } from '../stats/compare-pass-rates.ts';
import { minimumDetectable } from '../stats/minimum-detectable.ts';
import { whatWouldHelp } from '../stats/what-would-help.ts';
import type { PairedRow } from './compared-rows.ts';
import {
  boundsOf,
  type FigureSource,
  passesOf,
  passRateChange,
  passRatesOf,
} from './figure-changes.ts';
import type { Happened } from './named-counts.ts';
import { clustersAt, type ScoredRows, scoredRows } from './scored-rows.ts';
import type { SideRow } from './side-row.ts';

/** The compared rows of one suite by one pair of agents. */
export interface RowGroup extends FigureSource {
  readonly suite: string;
  readonly agent: { readonly base: string; readonly head: string };
}

/** Sorts compared rows into groups, in the order of head. */
export function rowGroups(source: FigureSource): RowGroup[] {
  const { base, head, rows, clusters } = source;
  const names = ({ base: before, head: after }: PairedRow) => {
    const row = head.side.rows.at(after) as SideRow; // a row of that run
    const agent = { base: (base.side.rows.at(before) as SideRow).agent, head: row.agent }; // the same
    return { suite: row.suite, agent };
  };
  const keyOf = (at: number) => JSON.stringify(names(rows[at] as PairedRow)); // one of them
  return [...groupBy(rows.keys(), keyOf).values()].map((places) => {
    const own = places.map((at) => rows[at] as PairedRow); // one of them
    const [first] = own;
    return {
      ...source,
      ...names(first as PairedRow), // a group has a row
      rows: own,
      clusters: clustersAt(clusters, places),
    };
  });
}

/** The pass rates of a group; null where none of its rows is decided in both runs. */
export function groupChange(
  group: RowGroup,
  margin: number,
  passes: ScoredRows = passesOf(group),
  found: PassRateComparison | null = passRatesOf(group, passes),
): GroupChange[] {
  if (!found) return [];
  const { suite, agent, level } = group;
  const options = { level, clusters: passes.clusters };
  return [
    {
      suite,
      agent,
      pass_rate: passRateChange(found),
      errors: found.errors,
      tests: testsOf(found),
      detectable: minimumDetectable(passes.base, passes.head, options),
      would_help: { ...whatWouldHelp(passes.base, passes.head, margin, options) },
    },
  ];
}

function testsOf({
  tests: { mcnemar, stratified, sign_flip },
}: PassRateComparison): GroupChange['tests'] {
  return {
    mcnemar: mcnemar && { ...mcnemar },
    stratified: stratified && { ...stratified },
    sign_flip: sign_flip && { ...sign_flip },
  };
}

/** What each LLM judge says of a group, in the order in which head was asked. */
export function judgeChanges(group: RowGroup): JudgeChange[] {
  const { base, head, suite, agent } = group;
  const names = new Set([...head.verdicts.judges.names(), ...base.verdicts.judges.names()]);
  return [...names].flatMap((judge) => {
    const counts = countsOf(
      group,
      (at) => base.verdicts.judges.get(at, judge),
      (at) => head.verdicts.judges.get(at, judge),
    );
    if (counts.base.of + counts.head.of === 0) return [];
    const { flipped, ...rates } = counts;
    return [{ suite, agent, judge, ...rates, flipped }];
  });
}

/** How often each attack of a group succeeded, and all of them; nothing where none is mounted. */
export function attackChanges(group: RowGroup): AttackChange[] {
  const { base, head, rows, clusters, suite, agent } = group;
  const attackOf = (at: number) => head.side.rows.at(rows[at]?.head ?? -1)?.attack ?? null;
  const attacked = [...rows.keys()].filter((at) => attackOf(at) !== null);
  if (attacked.length === 0) return [];
  const all: [string | null, number[]][] = [...groupBy(attacked, attackOf), [null, attacked]];
  return all.map(([attack, places]) => {
    const own = {
      ...group,
      rows: places.map((at) => rows[at] as PairedRow), // one of them
      clusters: clustersAt(clusters, places),
    };
    const { flipped: _, ...rates } = countsOf(
      own,
      (at) => base.verdicts.attacked(at),
      (at) => head.verdicts.attacked(at),
    );
    return { suite, agent, attack, ...rates };
  });
}

type Rate = JudgeChange['base'];

/** Counts of both runs, the difference over the rows that have them in both, and rows in which all changed. */
function countsOf(
  group: RowGroup,
  base: (at: number) => Happened,
  head: (at: number) => Happened,
): Pick<JudgeChange, 'base' | 'head' | 'difference' | 'interval' | 'flipped'> {
  const flipped = { worse: 0, better: 0 };
  const sums = { base: { happened: 0, of: 0 }, head: { happened: 0, of: 0 } };
  for (const row of group.rows) {
    const [before, after] = [base(row.base), head(row.head)];
    for (const [sum, one] of [
      [sums.base, before],
      [sums.head, after],
    ] as const) {
      sum.happened += one.happened;
      sum.of += one.of;
    }
    if (before.of === 0 || after.of === 0) continue;
    if (before.happened === before.of && after.happened === 0) flipped.worse++;
    if (before.happened === 0 && after.happened === after.of) flipped.better++;
  }
  const scores = scoredRows(
    group.rows,
    group.clusters,
    (at) => onesAndZeros(base(at)),
    (at) => onesAndZeros(head(at)),
  );
  const found = passRatesOf(group, scores);
  const [before, after] = [rateOf(sums.base), rateOf(sums.head)];
  const difference = found?.difference ?? null;
  return { base: before, head: after, difference, interval: boundsOf(found?.interval), flipped };
}

function rateOf({ happened, of }: Happened): Rate {
  return { happened, of, rate: of === 0 ? null : happened / of };
}

function onesAndZeros({ happened, of }: Happened): number[] {
  return Array.from({ length: of }, (_, at) => (at < happened ? 1 : 0));
}
