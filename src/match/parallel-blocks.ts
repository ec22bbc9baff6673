import { OutOfBudget } from './budget.ts';

/** Calls among which the next one is chosen. */
export interface Block {
  readonly calls: readonly number[];
  /** Only one call is taken here: the block is one position of a group that other calls interrupt. */
  readonly single: boolean;
  /** Bits of calls that can still come in later blocks. */
  readonly keep: bigint;
}

/** Calls cut into blocks. */
export interface Blocks {
  readonly blocks: Block[];
  /** Bit of each call among those that were taken. */
  readonly bitOf: ReadonlyMap<number, bigint>;
  /** Some groups are interrupted: their calls can stand in several blocks. */
  readonly broken: boolean;
}

/** Calls with bits of their own: beyond that, the bits alone take too much memory. */
const MOST_BITS = 10_000;

/** Cuts calls into blocks whose calls have no order among themselves; calls that are not relevant are left out. A group that others interrupt gives a block for each of its positions, at which any of its calls may stand. Throws `OutOfBudget`. */
export function blocksOf(
  groupOf: readonly (string | undefined)[],
  relevant: (call: number) => boolean,
): Blocks {
  const bitOf = new Map<number, bigint>();
  const mark = (call: number, bit: number) => {
    if (bit >= MOST_BITS) throw new OutOfBudget('orders of calls');
    bitOf.set(call, 1n << BigInt(bit));
  };
  const members = membersOf(groupOf, relevant);
  for (const calls of members.values()) for (const call of calls) mark(call, bitOf.size);
  const shared = bitOf.size;
  const keepAfter = keeper(groupOf, members, bitOf);
  const blocks: Block[] = [];
  let run: { group: string | undefined; calls: number[] } | null = null;
  groupOf.forEach((group, call) => {
    const calls = group === undefined ? undefined : members.get(group);
    if (calls) {
      run = null;
      if (calls.length > 0) blocks.push({ calls, single: true, keep: keepAfter(call) });
      return;
    }
    if (!relevant(call)) return;
    if (run === null || group === undefined || run.group !== group) {
      run = { group, calls: [] };
      blocks.push({ calls: run.calls, single: false, keep: keepAfter(call) });
    }
    mark(call, shared + run.calls.length);
    run.calls.push(call);
  });
  return { blocks, bitOf, broken: members.size > 0 };
}

/** Relevant calls of each interrupted group. */
function membersOf(
  groupOf: readonly (string | undefined)[],
  relevant: (call: number) => boolean,
): ReadonlyMap<string, number[]> {
  const members = new Map<string, number[]>();
  for (const group of interruptedGroups(groupOf)) members.set(group, []);
  groupOf.forEach((group, call) => {
    if (group !== undefined && relevant(call)) members.get(group)?.push(call);
  });
  return members;
}

/** Tells the bits of the groups that go on after a call; to be asked about one call after the other. */
function keeper(
  groupOf: readonly (string | undefined)[],
  members: ReadonlyMap<string, readonly number[]>,
  bitOf: ReadonlyMap<number, bigint>,
): (call: number) => bigint {
  const endOf = new Map(groupOf.map((group, call) => [group, call]));
  const endingAt = new Map<number, bigint>();
  let keep = 0n;
  for (const [group, calls] of members) {
    const bits = calls.reduce((all, call) => all | (bitOf.get(call) ?? 0n), 0n);
    endingAt.set(endOf.get(group) ?? -1, bits);
    keep |= bits;
  }
  let past = 0;
  return (call) => {
    for (; past <= call; past++) keep &= ~(endingAt.get(past) ?? 0n);
    return keep;
  };
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
