import { isObject } from '../json/object.ts';
import { pointerSegment } from '../json/pointer.ts';
import { sameJson } from '../match/same-json.ts';
import { ABSENT, UNKNOWN, YES } from '../match/tri.ts';

/** A leaf of a JSON value that is not what it was. */
export interface WorldChange {
  /** JSON Pointer to it. */
  readonly pointer: string;
  /** Absent where nothing was there. */
  readonly was?: unknown;
  /** Absent where nothing is there any more. */
  readonly is?: unknown;
  /** It cannot be told whether it changed: a number beyond 2^53, a text that was redacted. */
  readonly unknown?: true;
  /** Pointer to the object or list that came or went as a whole, of which the leaf is a part. */
  readonly whole?: string;
}

interface Pair {
  readonly pointer: string;
  readonly whole?: string;
  readonly was: unknown;
  readonly is: unknown;
}

/** Every leaf that differs between two JSON values, parts that came or went leaf by leaf, lists by index; sorted by keys at every depth. */
export function worldChanges(before: unknown, after: unknown): WorldChange[] {
  const changes: WorldChange[] = [];
  const open: Pair[] = [{ pointer: '', was: before, is: after }];
  for (let pair = open.pop(); pair !== undefined; pair = open.pop()) {
    if (pair.was === pair.is && typeof pair.was === 'object') continue;
    const inner = partsOf(pair);
    if (inner)
      for (let at = inner.length - 1; at >= 0; at--) open.push(inner[at] as Pair); // at < length
    else addLeaf(changes, pair);
  }
  return changes;
}

function addLeaf(changes: WorldChange[], { pointer, whole, was, is }: Pair): void {
  const same = was === ABSENT || is === ABSENT ? null : sameLeaf(was, is);
  if (same === YES) return;
  changes.push({
    pointer,
    ...(was !== ABSENT && { was }),
    ...(is !== ABSENT && { is }),
    ...(same === UNKNOWN && { unknown: true }),
    ...(whole !== undefined && { whole }),
  });
}

/** Two values that are not both objects with keys, or lists with items: containers are the same only when both are empty. */
function sameLeaf(was: unknown, is: unknown): ReturnType<typeof sameJson> | null {
  if (typeof was !== 'object' || typeof is !== 'object' || was === null || is === null) {
    return sameJson(was, is);
  }
  return Array.isArray(was) === Array.isArray(is) ? YES : null;
}

/** The parts of a pair that must be looked at one by one; null where it is a leaf. */
function partsOf({ pointer, whole, was, is }: Pair): Pair[] | null {
  const within = was === ABSENT || is === ABSENT ? { whole: whole ?? pointer } : {};
  if (isPart(was, is, Array.isArray)) {
    const [old, now] = [listOr(was), listOr(is)];
    const most = Math.max(old.length, now.length);
    if (most === 0) return null;
    return Array.from({ length: most }, (_, index) => ({
      pointer: `${pointer}/${index}`,
      ...within,
      was: index < old.length ? old[index] : ABSENT,
      is: index < now.length ? now[index] : ABSENT,
    }));
  }
  if (!isPart(was, is, isObject)) return null;
  const [old, now] = [mapOr(was), mapOr(is)];
  const keys = [...new Set([...Object.keys(old), ...Object.keys(now)])].sort();
  if (keys.length === 0) return null;
  return keys.map((key) => ({
    pointer: `${pointer}/${pointerSegment(key)}`,
    ...within,
    was: Object.hasOwn(old, key) ? old[key] : ABSENT,
    is: Object.hasOwn(now, key) ? now[key] : ABSENT,
  }));
}

/** Whether both are of a kind, or one is and the other is not there. */
function isPart(was: unknown, is: unknown, isOfKind: (value: unknown) => boolean): boolean {
  if (was === ABSENT) return isOfKind(is);
  return isOfKind(was) && (is === ABSENT || isOfKind(is));
}

function listOr(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

function mapOr(value: unknown): Readonly<Record<string, unknown>> {
  return isObject(value) ? value : {};
}
