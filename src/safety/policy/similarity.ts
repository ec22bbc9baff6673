import type { Profile } from './profile.ts';

type Leaf = Extract<Profile, { kind: 'leaf' }>;
type MapOf = Extract<Profile, { kind: 'map' }>;

/** How alike two values are, from 0 to 1; what is not known counts as `unknown`. Maps: the mean over the keys of both; numbers: the lesser by the greater; other values: twice the pairs of characters that both texts have by those of each (Dice). */
export function similarity(a: Profile, b: Profile, unknown: 0 | 1): number {
  if (a.kind === 'unknown' || b.kind === 'unknown') return unknown;
  if (a.kind === 'map') return b.kind === 'map' ? likeMaps(a, b, unknown) : 0;
  return b.kind === 'map' ? 0 : likeLeaves(a, b);
}

/** How alike two maps are without one of their keys; 1 where they have no other. */
export function similarityBut(key: string, a: MapOf, b: MapOf, unknown: 0 | 1): number {
  return likeMaps(a, b, unknown, key);
}

function likeMaps({ entries: a }: MapOf, { entries: b }: MapOf, unknown: 0 | 1, but?: string) {
  let [sum, keys] = [0, 0];
  for (const [key, value] of a) {
    if (key === but) continue;
    keys++;
    const other = b.get(key);
    if (other) sum += similarity(value, other, unknown);
  }
  for (const key of b.keys()) if (key !== but && !a.has(key)) keys++;
  return keys === 0 ? 1 : sum / keys;
}

function likeLeaves(a: Leaf, b: Leaf): number {
  if (a.text === b.text) return 1;
  // a number that is written out as text is compared as the number that it is
  if (a.number !== null && b.number !== null && (a.isNumber || b.isNumber)) {
    return ratioOf(a.number, b.number);
  }
  const [few, many] = a.pairs.size < b.pairs.size ? [a, b] : [b, a];
  let shared = 0;
  for (const [pair, count] of few.pairs) shared += Math.min(count, many.pairs.get(pair) ?? 0);
  const all = Math.max(0, a.text.length - 1) + Math.max(0, b.text.length - 1);
  return all === 0 ? 0 : (2 * shared) / all;
}

/** The lesser of two numbers by the greater; 0 unless both have one sign. */
export function ratioOf(a: number, b: number): number {
  if (a === b) return 1;
  return Math.max(0, Math.min(a / b, b / a)) || 0;
}

/** How much work it is to compare a value, at most: its pairs of characters and its keys. */
export function sizeOf(profile: Profile): number {
  if (profile.kind === 'leaf') return 1 + profile.pairs.size;
  if (profile.kind === 'unknown') return 1;
  let size = 1;
  for (const inner of profile.entries.values()) size += sizeOf(inner);
  return size;
}
