import { isObject } from '../json/object.ts';
import { nearestName } from '../match/nearest-name.ts';
import type { TaskAttacks } from '../model/attack.ts';
import type { AttackNames } from './load-attacks.ts';
import type { Part, SuiteLoading } from './part-loading.ts';
import { below, isSound } from './schema-faults.ts';
import { someOf, suggestion } from './schema-message.ts';
import { faultAt } from './source.ts';

/** Reads which attacks a task runs with; undefined where it says nothing. `names` are those that the suite defines, null where they are not all known. */
export function loadTaskAttacks(
  loading: SuiteLoading,
  { value, at }: Part,
  names: AttackNames | null,
): TaskAttacks | undefined {
  if (value === undefined || !isSound(at)) return undefined;
  if (value === 'none') return { names: [], clean: true };
  const only = isObject(value);
  const written = (only ? value['only'] : value) as readonly string[]; // validated
  const place = only ? below(at, ['only']) : at;
  const chosen = new Set<string>();
  for (const [index, name] of written.entries()) {
    const single = names?.get(name);
    for (const one of single ?? []) chosen.add(one);
    if (single || !names) continue;
    const message = `Unknown attack "${name}", ${mend(name, names)}`;
    loading.faults.push(faultAt(place.source, [...place.path, index], message));
  }
  return { names: [...chosen], clean: !only };
}

function mend(name: string, names: AttackNames): string {
  const near = nearestName(name, names.keys());
  if (near !== null) return suggestion(near);
  return names.size === 0 ? 'the suite has none' : `the attacks are ${someOf([...names.keys()])}`;
}
