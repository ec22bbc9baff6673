import { keyOfSegment, segmentsOf } from '../json/pointer.ts';
import { compileMatcher, PARTIAL } from '../match/compile.ts';
import type { Matcher } from '../match/matcher.ts';
import { NO_FAULTS } from './judge.ts';

/** A pointer of a suite, `*` for any one segment, with what must stand there in the end. */
export interface NamedPointer {
  readonly pointer: string;
  /** Decoded; null for `*`. */
  readonly segments: readonly (string | null)[];
  readonly matcher: Matcher;
}

/** Compiles pointers with their matchers, which are partial at every depth. */
export function compilePointers(written: Readonly<Record<string, unknown>>): NamedPointer[] {
  return Object.entries(written).map(([pointer, value]) => ({
    pointer,
    segments: segmentsOf(pointer).map((segment) =>
      segment === '*' ? null : keyOfSegment(segment),
    ),
    matcher: compileMatcher(value, PARTIAL, NO_FAULTS),
  }));
}

/** A way from the root along segments, for the pointers that lead along it. */
export interface PointerTree {
  /** Numbers of the pointers that end here. */
  readonly ends: number[];
  readonly byKey: Map<string, PointerTree>;
  any: PointerTree | null;
}

/** Puts pointers into a tree, so that a change is held against all of them in one walk. */
export function pointerTree(named: readonly NamedPointer[]): PointerTree {
  const root = emptyTree();
  named.forEach(({ segments }, number) => {
    let at = root;
    for (const segment of segments) at = branch(at, segment);
    at.ends.push(number);
  });
  return root;
}

function branch(at: PointerTree, segment: string | null): PointerTree {
  if (segment === null) {
    at.any ??= emptyTree();
    return at.any;
  }
  const next = at.byKey.get(segment) ?? emptyTree();
  at.byKey.set(segment, next);
  return next;
}

function emptyTree(): PointerTree {
  return { ends: [], byKey: new Map(), any: null };
}
