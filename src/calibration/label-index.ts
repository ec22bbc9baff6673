import { groupBy } from '../json/group-by.ts';
import type { Plan } from '../model/plan.ts';
import type { Fault } from '../model/suite.ts';
import { lineFault } from './json-lines.ts';
import { itemKey } from './label-keys.ts';
import type { PlacedLabel } from './placed-label.ts';

/** Labels of one suite by the item that they are about. */
export interface LabelIndex {
  readonly byItem: ReadonlyMap<string, readonly PlacedLabel[]>;
  readonly faults: readonly Fault[];
}

/** Sorts the labels that a suite of a run can mean by item; one that names no agent is of the only one that ran its task, and a fault where several did. */
export function indexLabels(labels: readonly PlacedLabel[], suite: string, plan: Plan): LabelIndex {
  const faults: Fault[] = [];
  const rows = groupBy(
    plan.rows.filter((row) => row.suite === suite),
    ({ task, attack }) => JSON.stringify([task, attack]),
  );
  const placed = labels.flatMap((label) => {
    if (label.suite !== undefined && label.suite !== suite) return [];
    if (label.agent !== null) return [{ label, agent: label.agent }];
    const row = rows.get(JSON.stringify([label.task, label.attack ?? null])) ?? [];
    const agents = [...new Set(row.map(({ agent }) => agent))];
    if (agents.length > 1) {
      const words = `The label names no agent, and ${agents.join(', ')} ran task "${label.task}"`;
      faults.push(lineFault(label.file, label.line, words));
      return [];
    }
    return [{ label, agent: agents[0] ?? '' }];
  });
  const keyed = groupBy(placed, ({ label, agent }) => {
    const { task, attack, trial, step } = label;
    return itemKey({ suite, task, agent, attack, trial, step });
  });
  const byItem = [...keyed].map(
    ([key, some]) =>
      [key, some.map(({ label }) => label)] satisfies [string, readonly PlacedLabel[]],
  );
  return { byItem: new Map(byItem), faults };
}
