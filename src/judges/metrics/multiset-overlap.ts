/** How two multisets of texts overlap; null stands for what equals nothing, not even another null. */
export interface Overlap {
  readonly both: number;
  /** Indexes of the left ones that no right one meets. */
  readonly leftOnly: number[];
  /** Indexes of the right ones that no left one meets. */
  readonly rightOnly: number[];
}

/** Pairs equal texts, each used once: the maximum matching, as equality is transitive. */
export function multisetOverlap(
  left: readonly (string | null)[],
  right: readonly (string | null)[],
): Overlap {
  const waiting = new Map<string, number[]>();
  left.forEach((key, index) => {
    if (key === null) return;
    const same = waiting.get(key);
    if (same) same.push(index);
    else waiting.set(key, [index]);
  });
  for (const same of waiting.values()) same.reverse(); // the earliest is taken first
  const rightOnly: number[] = [];
  const met = new Set<number>();
  right.forEach((key, index) => {
    const found = key === null ? undefined : waiting.get(key)?.pop();
    if (found === undefined) rightOnly.push(index);
    else met.add(found);
  });
  return { both: met.size, leftOnly: indexesWithout(left.length, met), rightOnly };
}

function indexesWithout(count: number, met: ReadonlySet<number>): number[] {
  return Array.from({ length: count }, (_, index) => index).filter((index) => !met.has(index));
}
