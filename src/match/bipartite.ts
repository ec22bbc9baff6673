import {
  type BitTable,
  bitTable,
  clearBit,
  lowestBit,
  nextBit,
  setBit,
  transposed,
} from './bit-table.ts';

/** Right nodes given to left ones: each right node once, a left node perhaps several. */
export interface Assignment {
  /** Right nodes that each left node may take. */
  readonly edges: BitTable;
  /** The same the other way round, made on first use. */
  turned: BitTable | null;
  /** Left node of each right node, −1 for none. */
  readonly leftOf: Int32Array;
  /** How many right nodes each left node has. */
  readonly taken: Int32Array;
  /** Right nodes of each left node. */
  readonly owned: BitTable;
  /** Right nodes that no left node has, and the first word in which there may be some. */
  readonly free: BitTable;
  freeFrom: number;
  /** Right nodes from which no free one can be reached any more: what failed once always will. */
  deadRights: Int32Array;
  /** Left nodes from which none with room can be reached any more. */
  deadLefts: Int32Array;
}

/** Starts with nothing assigned. */
export function emptyAssignment(edges: BitTable): Assignment {
  const { rows: lefts, columns: rights } = edges;
  const free = bitTable(1, rights);
  for (let right = 0; right < rights; right++) setBit(free, 0, right);
  return {
    edges,
    turned: null,
    leftOf: new Int32Array(rights).fill(-1),
    taken: new Int32Array(lefts),
    owned: bitTable(lefts, rights),
    free,
    freeFrom: 0,
    deadRights: new Int32Array(edges.words),
    deadLefts: new Int32Array((lefts + 31) >>> 5),
  };
}

/** Gives one more right node to a left node along an augmenting path (Kuhn, breadth first, earliest right node first); what the others have may move, never shrink. */
export function growLeft(given: Assignment, start: number): boolean {
  const { edges, leftOf, taken } = given;
  const straight = firstFree(given, start);
  if (straight !== -1) {
    give(given, straight, start);
    taken[start] = (taken[start] as number) + 1; // start < lefts
    return true;
  }
  const seen = given.deadRights.slice();
  const cameFrom = new Int32Array(edges.columns);
  const enteredBy = new Int32Array(edges.rows).fill(-2);
  enteredBy[start] = -1;
  const queue = [start];
  for (let at = 0; at < queue.length; at++) {
    const left = queue[at] as number; // at < length
    const end = firstFree(given, left);
    if (end !== -1) {
      cameFrom[end] = left;
      handBack(given, end, cameFrom, enteredBy);
      taken[start] = (taken[start] as number) + 1; // start < lefts
      return true;
    }
    for (let word = 0; word < edges.words; word++) {
      let fresh = (edges.bits[left * edges.words + word] as number) & ~(seen[word] as number); // in range
      seen[word] = (seen[word] as number) | fresh;
      for (; fresh !== 0; fresh &= fresh - 1) {
        const right = word * 32 + lowestBit(fresh);
        const owner = leftOf[right] as number; // right < rights, and not free
        cameFrom[right] = left;
        if (enteredBy[owner] !== -2) continue;
        enteredBy[owner] = right;
        queue.push(owner);
      }
    }
  }
  given.deadRights = seen;
  return false;
}

/** The first free right node that a left node may take, −1 for none. */
function firstFree(given: Assignment, left: number): number {
  const { edges, free } = given;
  const start = left * edges.words;
  while (given.freeFrom < edges.words && free.bits[given.freeFrom] === 0) given.freeFrom++;
  for (let word = given.freeFrom; word < edges.words; word++) {
    const both = (edges.bits[start + word] as number) & (free.bits[word] as number); // in range
    if (both !== 0) return word * 32 + lowestBit(both);
  }
  return -1;
}

function give({ leftOf, owned, free }: Assignment, right: number, left: number): void {
  const before = leftOf[right] as number; // right < rights
  if (before === -1) clearBit(free, 0, right);
  else clearBit(owned, before, right);
  leftOf[right] = left;
  setBit(owned, left, right);
}

function handBack(
  given: Assignment,
  end: number,
  cameFrom: Int32Array,
  enteredBy: Int32Array,
): void {
  for (let right = end; right >= 0; ) {
    const left = cameFrom[right] as number; // every right node on the path was reached from one
    give(given, right, left);
    right = enteredBy[left] as number; // left < lefts
  }
}

/** Finds a left node with room for a right node that has none, moving others; what was assigned stays assigned. */
export function growRight(given: Assignment, start: number, room: readonly number[]): boolean {
  given.turned ??= transposed(given.edges);
  const { turned, owned, taken, deadLefts } = given;
  if (!someAlive(turned, start, deadLefts)) return false;
  const reached = deadLefts.slice();
  const reachedBy = new Int32Array(turned.columns);
  const queue = [start];
  for (let at = 0; at < queue.length; at++) {
    const right = queue[at] as number; // at < length
    for (let word = 0; word < turned.words; word++) {
      let fresh = (turned.bits[right * turned.words + word] as number) & ~(reached[word] as number); // in range
      reached[word] = (reached[word] as number) | fresh;
      for (; fresh !== 0; fresh &= fresh - 1) {
        const left = word * 32 + lowestBit(fresh);
        reachedBy[left] = right;
        if ((taken[left] as number) < (room[left] ?? 0)) {
          taken[left] = (taken[left] as number) + 1; // left < lefts
          pushForward(given, left, reachedBy);
          return true;
        }
        for (let one = nextBit(owned, left, 0); one !== -1; one = nextBit(owned, left, one + 1)) {
          queue.push(one);
        }
      }
    }
  }
  given.deadLefts = reached;
  return false;
}

function someAlive(turned: BitTable, right: number, dead: Int32Array): boolean {
  for (let word = 0; word < turned.words; word++) {
    const all = turned.bits[right * turned.words + word] as number; // in range
    if ((all & ~(dead[word] as number)) !== 0) return true;
  }
  return false;
}

function pushForward(given: Assignment, end: number, reachedBy: Int32Array): void {
  for (let left = end; left !== -1; ) {
    const right = reachedBy[left] as number; // every left node on the path was reached from one
    const before = given.leftOf[right] as number; // −1 for the node that the path starts from
    give(given, right, left);
    left = before;
  }
}

/** Size of a maximum one-to-one matching. */
export function matchingSize(edges: BitTable): number {
  const given = emptyAssignment(edges);
  let size = 0;
  for (let left = 0; left < edges.rows; left++) if (growLeft(given, left)) size++;
  return size;
}

/** Evaluates every edge once. */
export function withEdges(
  lefts: number,
  rights: number,
  edge: (left: number, right: number) => boolean,
): BitTable {
  const edges = bitTable(lefts, rights);
  for (let left = 0; left < lefts; left++) {
    for (let right = 0; right < rights; right++) if (edge(left, right)) setBit(edges, left, right);
  }
  return edges;
}
