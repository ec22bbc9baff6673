import type { KeyPath } from './kinds.ts';

/** Paths by what they hold, so that many can be asked for many. */
interface Index {
  readonly paths: ReadonlySet<string>;
  /** The paths with all that they lead through. */
  readonly ways: ReadonlySet<string>;
}

const indexes = new WeakMap<readonly KeyPath[], Index>();

/** Tells whether a path is one of some paths, or leads on from one. */
export function isWithin(path: KeyPath, paths: readonly KeyPath[]): boolean {
  if (paths.length === 0) return false;
  const known = indexOf(paths).paths;
  return waysOf(path).some((way) => known.has(way));
}

/** Tells whether a path is one of some paths, or one of them leads on from it. */
export function leadsTo(path: KeyPath, paths: readonly KeyPath[]): boolean {
  return paths.length > 0 && indexOf(paths).ways.has(keyOf(path));
}

function indexOf(paths: readonly KeyPath[]): Index {
  const known = indexes.get(paths);
  if (known) return known;
  const index = { paths: new Set(paths.map(keyOf)), ways: new Set(paths.flatMap(waysOf)) };
  indexes.set(paths, index);
  return index;
}

/** A path and all that it leads through, the empty one first. */
function waysOf(path: KeyPath): string[] {
  const ways = [''];
  for (const step of path) ways.push(`${ways.at(-1)}\0${step}`);
  return ways;
}

function keyOf(path: KeyPath): string {
  return path.map((step) => `\0${step}`).join('');
}
