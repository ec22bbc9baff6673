import { isObject } from '../json/object.ts';
import { planted, plantProblem } from '../json/planted.ts';
import type { Canary } from '../model/attack.ts';
import type { Suite, World } from '../model/suite.ts';
import { canariesSchema } from './canary-keys.ts';
import { canaryValue } from './canary-value.ts';
import { openPart, type Part, type SuiteLoading } from './part-loading.ts';
import { isSound, type ValueAt } from './schema-faults.ts';
import { faultAt } from './source.ts';
import { isFilePath } from './text-schema.ts';

/** Canaries by name, with the place at which they are written. */
export interface LoadedCanaries {
  readonly canaries: Readonly<Record<string, Canary>>;
  readonly at: ValueAt;
}

/** Reads the canaries of a suite, inline or from the file that is named, and notes their names; undefined where there are none or they cannot be used. */
export async function loadCanaries(
  loading: SuiteLoading,
  { value, at }: Part,
  suite: string,
): Promise<LoadedCanaries | undefined> {
  if (value === undefined) return undefined;
  const part = isFilePath(value)
    ? await openPart(loading, value, at, canariesSchema)
    : { value, at };
  if (!part || !isObject(part.value)) return undefined;
  loading.canaries.push(...Object.keys(part.value));
  if (!isSound(part.at)) return undefined;
  const canaries: Record<string, Canary> = Object.create(null);
  for (const [name, written] of Object.entries(part.value)) {
    const { value: text, ...rest } = written as Partial<Canary>; // validated
    const made = rest.env === undefined ? canaryValue(suite, name) : null;
    canaries[name] = { ...rest, value: text ?? made };
  }
  return { canaries, at: part.at };
}

/** Tells of canaries that cannot be planted in the world of the suite or of one of its tasks. */
export function checkPlanted(
  { faults }: SuiteLoading,
  { canaries, at }: LoadedCanaries,
  { world, tasks }: Pick<Suite, 'world' | 'tasks'>,
): void {
  const own = tasks.filter((task) => task.world !== undefined);
  const worlds: [string, World][] = own.map((task) => [` of task "${task.id}"`, task.world ?? {}]);
  if (own.length < tasks.length || tasks.length === 0) worlds.unshift(['', world ?? {}]);
  const told = new Set<string>();
  for (const [whose, begin] of worlds) {
    let state = begin;
    const taken = new Set<string>();
    for (const [name, { world: pointer }] of Object.entries(canaries)) {
      if (pointer === undefined) continue;
      const problem = taken.has(pointer)
        ? 'Another canary is planted there'
        : plantProblem(state, pointer);
      taken.add(pointer);
      if (problem === null) state = planted(state, pointer, '');
      else if (!told.has(name)) {
        told.add(name);
        const message = `Cannot plant it in the world${whose}: ${problem}`;
        faults.push(faultAt(at.source, [...at.path, name, 'world'], message));
      }
    }
  }
}
