import { didYouMean } from '../match/nearest-name.ts';
import type { Fault, Suite } from '../model/suite.ts';
import type { ValueAt } from './schema-faults.ts';
import { faultAt } from './source.ts';

/** Faults of names under `gate.tags`, `gate.agents` and `quarantine` that the suite has not: they would hold or excuse nothing, and nobody would know. */
export function gateNameFaults(
  { gate, quarantine }: Pick<Suite, 'gate' | 'quarantine'>,
  { source, path }: ValueAt,
  { agents, tasks }: Pick<Suite, 'agents' | 'tasks'>,
): Fault[] {
  const named = (keys: string[], map: object | undefined, what: string, known: string[]) => {
    const names = new Set(known);
    return Object.keys(map ?? {}).flatMap((name): Fault[] => {
      if (names.has(name)) return [];
      const message = `${what} "${name}": ${didYouMean(name, [...names])}`;
      return [faultAt(source, [...path, ...keys, name], message, { on: 'key' })];
    });
  };
  const tags = tasks.flatMap((task) => task.tags);
  return [
    ...named(['gate', 'tags'], gate?.tags, 'No task has the tag', tags),
    ...named(
      ['gate', 'agents'],
      gate?.agents,
      'There is no agent',
      agents.map(({ name }) => name),
    ),
    ...named(
      ['quarantine'],
      quarantine,
      'There is no task',
      tasks.map(({ id }) => id),
    ),
  ];
}
