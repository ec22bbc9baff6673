import { keyOfSegment, segmentsOf } from '../json/pointer.ts';
import type { Scope } from '../match/scope.ts';
import { ABSENT, NO, type Tri, UNKNOWN, YES } from '../match/tri.ts';
import { type WorldChange, worldChanges } from '../tools/world-changes.ts';
import { type NamedPointer, type PointerTree, pointerTree } from './changed-pointers.ts';

/** Something that is not as wanted: a change that was not named, a named one that is another or was not made. */
export interface ChangeFinding extends WorldChange {
  readonly kind: 'unexpected' | 'differs' | 'unchanged';
  /** What was wanted, in words; absent for a change that was not named. */
  readonly wanted?: string;
}

/** The world at the beginning and at the end. */
export interface WorldPair {
  readonly before: unknown;
  readonly after: unknown;
}

/** A place that a named pointer stands for, at or under which something changed. */
interface Place {
  readonly named: number;
  readonly pointer: string;
  /** Something surely changed there. */
  sure: boolean;
}

/** Holds the changes of a world against the pointers that were named. */
export function findChanges(
  named: readonly NamedPointer[],
  changes: readonly WorldChange[],
  pair: WorldPair,
  scope: Scope,
): { answer: Tri; findings: ChangeFinding[] } {
  const tree = pointerTree(named);
  const places = new Map<string, Place>();
  const findings: ChangeFinding[] = [];
  let answer: Tri = YES;
  const note = (one: Tri, finding: ChangeFinding) => {
    if (one < answer) answer = one;
    findings.push(finding);
  };
  const others = changes.filter((change) => !coverChange(tree, change, places));
  for (const change of asWholes(others, changes, pair)) {
    note(change.unknown ? UNKNOWN : NO, { ...change, kind: 'unexpected' });
  }
  addReplaced(named, places, pair);
  const met = new Set<number>();
  for (const place of places.values()) {
    const { matcher } = named[place.named] as NamedPointer; // numbered by its index
    met.add(place.named);
    const [was, is] = [valueAt(pair.before, place.pointer), valueAt(pair.after, place.pointer)];
    const found = matcher.test(is, scope);
    const one = place.sure || found === NO ? found : UNKNOWN;
    if (one === YES) continue;
    const unclear = one === UNKNOWN ? { unknown: true as const } : {};
    const sides = { ...(was !== ABSENT && { was }), ...(is !== ABSENT && { is }) };
    const wanted = matcher.words(scope.env);
    note(one, { pointer: place.pointer, ...sides, ...unclear, kind: 'differs', wanted });
  }
  named.forEach(({ pointer, matcher }, number) => {
    if (!met.has(number))
      note(NO, { pointer, kind: 'unchanged', wanted: matcher.words(scope.env) });
  });
  return { answer, findings };
}

/** Changes with one in place of all the leaves of an object or list that came or went, where none of these was named. */
function asWholes(
  others: readonly WorldChange[],
  changes: readonly WorldChange[],
  { before, after }: WorldPair,
): WorldChange[] {
  const [all, left] = [leavesByWhole(changes), leavesByWhole(others)];
  const told = new Set<string>();
  return others.flatMap((change): WorldChange[] => {
    const { whole, ...leaf } = change;
    if (whole === undefined || all.get(whole) !== left.get(whole)) return [leaf];
    if (told.has(whole)) return [];
    told.add(whole);
    const [was, is] = [valueAt(before, whole), valueAt(after, whole)];
    return [{ pointer: whole, ...(was !== ABSENT && { was }), ...(is !== ABSENT && { is }) }];
  });
}

function leavesByWhole(changes: readonly WorldChange[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const { whole } of changes) {
    if (whole !== undefined) counts.set(whole, (counts.get(whole) ?? 0) + 1);
  }
  return counts;
}

/** Notes the places of named pointers that a change lies at or under; whether there is one. */
function coverChange(tree: PointerTree, change: WorldChange, places: Map<string, Place>): boolean {
  let covered = false;
  let open: PointerTree[] = [tree];
  let pointer = '';
  const end = () => {
    for (const named of open.flatMap(({ ends }) => ends)) {
      covered = true;
      const key = `${named} ${pointer}`;
      const known = places.get(key);
      if (!known) places.set(key, { named, pointer, sure: !change.unknown });
      else if (!change.unknown) known.sure = true;
    }
  };
  end();
  for (const segment of segmentsOf(change.pointer)) {
    const name = keyOfSegment(segment);
    open = open.flatMap(({ byKey, any }) => [byKey.get(name), any].filter((one) => one != null));
    if (open.length === 0) break;
    pointer += `/${segment}`;
    end();
  }
  return covered;
}

/** Adds named places that went or came with the whole of which they are a part. */
function addReplaced(
  named: readonly NamedPointer[],
  places: Map<string, Place>,
  { before, after }: WorldPair,
): void {
  const met = new Set([...places.values()].map((place) => place.named));
  named.forEach(({ pointer, segments }, number) => {
    if (met.has(number) || segments.includes(null)) return;
    const [was, is] = [valueAt(before, pointer), valueAt(after, pointer)];
    if (was === ABSENT && is === ABSENT) return;
    const changes = worldChanges(was, is);
    if (changes.length === 0) return;
    const sure = changes.some(({ unknown }) => !unknown);
    places.set(`${number} ${pointer}`, { named: number, pointer, sure });
  });
}

/** What stands at a JSON Pointer, `ABSENT` where nothing does. */
function valueAt(world: unknown, pointer: string): unknown {
  let at = world;
  for (const segment of segmentsOf(pointer)) {
    const key = keyOfSegment(segment);
    if (typeof at !== 'object' || at === null || !Object.hasOwn(at, key)) return ABSENT;
    if (Array.isArray(at) && !/^(0|[1-9]\d*)$/.test(key)) return ABSENT; // such as `length`
    at = (at as Record<string, unknown>)[key]; // an own property
  }
  return at;
}
