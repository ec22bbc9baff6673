import { itemKey } from '../../calibration/label-keys.ts';
import { groupBy } from '../../json/group-by.ts';
import type { Label } from '../../model/label.ts';

/** Names the tasks that labelled trials become, by the key of the item: after the task, with the number of the trial and what else it takes where several are of one task. */
export function taskIds(labels: readonly Label[]): Map<string, string> {
  const ids = new Map<string, string>();
  const used = new Set<string>();
  for (const group of groupBy(labels, ({ task }) => task).values()) {
    const isByTrial = new Set(group.map(({ trial }) => trial)).size === group.length;
    for (const label of group) {
      const { task, agent, attack, suite, trial } = label;
      const more = isByTrial ? [] : [suite ?? '', agent, attack ?? ''];
      const parts = group.length === 1 ? [task] : [task, ...more, trial];
      const words = parts.filter((part) => part !== '').map((part) => nameOf(String(part)));
      ids.set(itemKey(label), unused(words.join('-'), used));
    }
  }
  return ids;
}

/** A name that a suite can give. */
function nameOf(name: string): string {
  return name.replace(/\p{Cc}/gu, '_');
}

function unused(name: string, used: Set<string>): string {
  let id = name;
  for (let number = 2; used.has(id); number++) id = `${name}-${number}`;
  used.add(id);
  return id;
}
