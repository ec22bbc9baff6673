/** Calls among which the next one is chosen. */
export interface Block {
  readonly calls: readonly number[];
  /** Only one call is taken here: the block is one position of a group that other calls interrupt. */
  readonly single: boolean;
  /** Bits of calls that can still come in later blocks. */
  readonly keep: bigint;
}

/** Cuts calls into blocks whose calls have no order among themselves; calls that are not relevant are left out. A group that others interrupt gives a block for each of its positions, at which any of its calls may stand. */
export function blocksOf(
  groupOf: readonly (string | undefined)[],
  relevant: (call: number) => boolean,
): { blocks: Block[]; bitOf: Map<number, bigint> } {
  const broken = interruptedGroups(groupOf);
  const members = new Map<string, number[]>();
  const bitOf = new Map<number, bigint>();
  groupOf.forEach((group, call) => {
    if (group === undefined || !broken.has(group) || !relevant(call)) return;
    bitOf.set(call, 1n << BigInt(bitOf.size));
    const list = members.get(group);
    if (list) list.push(call);
    else members.set(group, [call]);
  });
  const shared = bitOf.size;
  const blocks: Block[] = [];
  let run: { group: string | undefined; calls: number[] } | null = null;
  groupOf.forEach((group, call) => {
    if (group !== undefined && broken.has(group)) {
      run = null;
      const calls = members.get(group) ?? [];
      if (calls.length > 0) blocks.push({ calls, single: true, keep: keepAfter(call) });
      return;
    }
    if (!relevant(call)) return;
    if (run === null || group === undefined || run.group !== group) {
      run = { group, calls: [] };
      blocks.push({ calls: run.calls, single: false, keep: keepAfter(call) });
    }
    bitOf.set(call, 1n << BigInt(shared + run.calls.length));
    run.calls.push(call);
  });
  return { blocks, bitOf };

  function keepAfter(call: number): bigint {
    let keep = 0n;
    for (const [group, calls] of members) {
      if (groupOf.lastIndexOf(group) > call) for (const one of calls) keep |= bitOf.get(one) ?? 0n;
    }
    return keep;
  }
}

/** Groups between whose calls another call stands. */
function interruptedGroups(groupOf: readonly (string | undefined)[]): ReadonlySet<string> {
  const broken = new Set<string>();
  const seen = new Set<string>();
  groupOf.forEach((group, call) => {
    if (group === undefined || groupOf[call - 1] === group) return;
    if (seen.has(group)) broken.add(group);
    seen.add(group);
  });
  return broken;
}
