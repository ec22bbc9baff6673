import { isObject } from '../json/object.ts';
import type { Attack, Injection } from '../model/attack.ts';
import type { Expectations } from '../model/expectations.ts';
import type { Task } from '../model/suite.ts';
import type { Tools } from '../model/tool.ts';
import type { WrittenInjection } from './attack-keys.ts';
import { checkNames } from './expectation-names.ts';
import { readExpectations } from './expectations.ts';
import { goalCalls } from './goal-calls.ts';
import { goalFaults } from './goal-faults.ts';
import type { NameAt } from './kinds.ts';
import { type InjectionVariants, loadInjection } from './load-injection.ts';
import { openPart, type Part, type SuiteLoading } from './part-loading.ts';
import { below, isSound, type ValueAt } from './schema-faults.ts';
import { faultAt } from './source.ts';
import { isFilePath } from './text-schema.ts';

/** The single attacks that each name of an attack stands for. */
export type AttackNames = ReadonlyMap<string, readonly string[]>;

/** The attacks of a suite. */
export interface LoadedAttacks {
  readonly attacks: readonly Attack[];
  /** null where something is wrong in some of them: they are then not all known. */
  readonly names: AttackNames | null;
  /** Where each of them stands that plants nothing. */
  readonly unplanted: ReadonlyMap<string, ValueAt>;
}

/** Warns of attacks that no task runs with. */
export function warnOfUnused(
  { faults }: SuiteLoading,
  { at }: Part,
  attacks: readonly Attack[],
  tasks: readonly Task[],
): void {
  const faulty = faults.some(({ severity }) => severity === 'error');
  if (faulty || tasks.some((task) => !task.attacks)) return; // such a task runs with all
  const used = new Set(tasks.flatMap((task) => task.attacks?.names ?? []));
  const unused = attacks.filter(({ name }) => !used.has(name));
  const [first] = unused;
  if (!first) return;
  const more = unused.length > 1 ? ` (and ${unused.length - 1} more)` : '';
  const message = `No task runs with the attack "${first.name}"${more}`;
  faults.push(faultAt(at.source, at.path, message, { severity: 'warning', on: 'key' }));
}

/** What an attack and its parts are checked with. */
interface Reading {
  readonly loading: SuiteLoading;
  readonly tools: Tools | null;
}

/** Reads the attacks of a suite, inline or from the file that is named; one with several templates or payloads becomes one attack each. */
export async function loadAttacks(
  loading: SuiteLoading,
  { value, at }: Part,
  tools: Tools | null,
): Promise<LoadedAttacks> {
  if (value === undefined) return { ...NO_ATTACKS, names: new Map() };
  const part = await partOf(loading, { value, at });
  if (!part || !isObject(part.value)) return NO_ATTACKS;
  const attacks: Attack[] = [];
  const unplanted = new Map<string, ValueAt>();
  let names: Map<string, readonly string[]> | null = new Map();
  for (const [name, written] of Object.entries(part.value)) {
    const place = { value: written, at: below(part.at, [name]) };
    const made = await loadAttack({ loading, tools }, name, place);
    const taken = made && takenName(name, made, names, part.value);
    if (taken) {
      const message = `The attack "${taken}" is there twice: as one of "${name}" as well`;
      loading.faults.push(faultAt(place.at.source, place.at.path, message, { on: 'key' }));
    }
    if (!made || taken) names = null;
    else {
      for (const attack of made) {
        attacks.push(attack);
        if (attack.inject.length === 0) unplanted.set(attack.name, place.at);
        names?.set(attack.name, [attack.name]);
      }
      names?.set(
        name,
        made.map((attack) => attack.name),
      );
    }
  }
  return { attacks, names, unplanted };
}

const NO_ATTACKS: LoadedAttacks = { attacks: [], names: null, unplanted: new Map() };

async function partOf(loading: SuiteLoading, { value, at }: Part): Promise<Part | null> {
  if (!isFilePath(value)) return { value, at };
  if (!isSound(at)) return null;
  const key = loading.schemas.keys.at('suite').find((one) => one.key === 'attacks');
  return key ? openPart(loading, value, at, key.schema) : null;
}

/** The name of an attack that another has already. */
function takenName(
  family: string,
  made: readonly Attack[],
  names: AttackNames | null,
  written: Record<string, unknown>,
): string | undefined {
  return made.find(
    ({ name }) => name !== family && (names?.has(name) || Object.hasOwn(written, name)),
  )?.name;
}

async function loadAttack(reading: Reading, name: string, part: Part): Promise<Attack[] | null> {
  const { loading, tools } = reading;
  const { value, at } = part;
  if (!isObject(value)) return null;
  let sound = isSound(at);
  if (name === 'none') {
    const message = 'An attack cannot be named "none", which means no attack';
    loading.faults.push(faultAt(at.source, at.path, message, { on: 'key' }));
    sound = false;
  }
  const goal = await loadGoal(reading, { value: value['goal'], at: below(at, ['goal']) });
  const variants: InjectionVariants[] = [];
  for (const one of injectionsIn(part)) {
    const tell = loading.faults.length;
    checkNames(loading, toolOfInjection, one, tools);
    if (loading.faults.length > tell) sound = false;
    if (!goal || !isSound(one.at)) continue;
    const calls = goalCalls(goal, loading.kinds.judges);
    const made = await loadInjection(loading, one.value as WrittenInjection, one.at, calls); // validated
    if (made) variants.push(made);
    else sound = false;
  }
  if (!goal || !sound) return null;
  const { description } = value;
  const more = typeof description === 'string' ? { description } : {};
  return combine(reading, part, { family: name, goal, ...more }, variants);
}

/** The name of the tool, as names in expectations are checked. */
const toolOfInjection = {
  names: (value: unknown): NameAt[] => {
    const tool = isObject(value) ? value['tool'] : undefined;
    return typeof tool === 'string' ? [{ path: ['tool'], on: 'value', tool }] : [];
  },
};

function injectionsIn({ value, at }: Part): Part[] {
  const inject = isObject(value) ? value['inject'] : undefined;
  const place = below(at, ['inject']);
  if (inject === undefined) return [];
  if (!Array.isArray(inject)) return [{ value: inject, at: place }];
  return inject.map((one: unknown, index) => ({ value: one, at: below(place, [index]) }));
}

async function loadGoal(
  { loading, tools }: Reading,
  { value, at }: Part,
): Promise<Expectations | null> {
  if (value === undefined) return null;
  const goal = await readExpectations(loading, { value, at }, tools);
  if (!goal) return null;
  const faults = goalFaults(goal, { value, at });
  loading.faults.push(...faults);
  return faults.length > 0 ? null : goal;
}

/** Makes the attacks of one name: those wordings of its injections that have the same name go together. */
function combine(
  { loading }: Reading,
  { at }: Part,
  attack: Omit<Attack, 'name' | 'inject'>,
  variants: readonly InjectionVariants[],
): Attack[] | null {
  const several = variants.filter((one) => one.several);
  const [first] = several;
  const { family } = attack;
  if (!first) {
    const inject = variants.flatMap(({ byName }) => [...byName.values()]);
    return [{ ...attack, name: family, inject }];
  }
  const isLike = ({ byName }: InjectionVariants) =>
    byName.size === first.byName.size && [...byName.keys()].every((name) => first.byName.has(name));
  if (!several.every(isLike)) {
    const message = 'The entries of inject have different templates or payloads, expected the same';
    loading.faults.push(faultAt(at.source, [...at.path, 'inject'], message));
    return null;
  }
  return [...first.byName.keys()].map((variant) => {
    const inject = variants.map(({ byName, several: named }) =>
      named ? byName.get(variant) : [...byName.values()][0],
    ) as Injection[]; // each has that name, or one wording
    return { ...attack, name: `${family}.${variant}`, inject };
  });
}
