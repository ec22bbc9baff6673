/** Which right node each left node may take, and how many each may have. */
export interface Bipartite {
  readonly lefts: number;
  readonly rights: number;
  edge(left: number, right: number): boolean;
}

/** Right nodes given to left ones: each right node once, a left node perhaps several. */
export interface Assignment {
  /** Left node of each right node, −1 for none. */
  readonly leftOf: Int32Array;
  /** How many right nodes each left node has. */
  readonly taken: Int32Array;
}

/** Starts with nothing assigned. */
export function emptyAssignment(graph: Bipartite): Assignment {
  return { leftOf: new Int32Array(graph.rights).fill(-1), taken: new Int32Array(graph.lefts) };
}

/** Gives one more right node to a left node along an augmenting path (Kuhn, breadth first, earliest right node first); what the others have may move, never shrink. */
export function growLeft(graph: Bipartite, given: Assignment, start: number): boolean {
  const cameFrom = new Int32Array(graph.rights).fill(-1);
  const enteredBy = new Map<number, number>([[start, -1]]);
  for (const left of enteredBy.keys()) {
    for (let right = 0; right < graph.rights; right++) {
      const owner = given.leftOf[right] as number; // right < rights
      if (owner === left || cameFrom[right] !== -1 || !graph.edge(left, right)) continue;
      cameFrom[right] = left;
      if (owner === -1) {
        handBack(given, right, cameFrom, enteredBy);
        given.taken[start] = (given.taken[start] ?? 0) + 1;
        return true;
      }
      if (!enteredBy.has(owner)) enteredBy.set(owner, right);
    }
  }
  return false;
}

function handBack(
  given: Assignment,
  end: number,
  cameFrom: Int32Array,
  enteredBy: ReadonlyMap<number, number>,
): void {
  for (let right = end; right !== -1; ) {
    const left = cameFrom[right] as number; // every right node on the path was reached from one
    given.leftOf[right] = left;
    right = enteredBy.get(left) ?? -1;
  }
}

/** Finds a left node with room for a right node that has none, moving others; what was assigned stays assigned. */
export function growRight(
  graph: Bipartite,
  given: Assignment,
  start: number,
  room: (left: number) => number,
): boolean {
  const cameFrom = new Map<number, number>([[start, -1]]);
  const reachedBy = new Int32Array(graph.lefts).fill(-1);
  for (const right of cameFrom.keys()) {
    for (let left = 0; left < graph.lefts; left++) {
      if (reachedBy[left] !== -1 || !graph.edge(left, right)) continue;
      reachedBy[left] = right;
      if ((given.taken[left] ?? 0) < room(left)) {
        given.taken[left] = (given.taken[left] ?? 0) + 1;
        pushForward(given, left, reachedBy, cameFrom);
        return true;
      }
      given.leftOf.forEach((owner, other) => {
        if (owner === left && !cameFrom.has(other)) cameFrom.set(other, left);
      });
    }
  }
  return false;
}

function pushForward(
  given: Assignment,
  end: number,
  reachedBy: Int32Array,
  cameFrom: ReadonlyMap<number, number>,
): void {
  for (let left = end; left !== -1; ) {
    const right = reachedBy[left] as number; // every left node on the path was reached from one
    const before = given.leftOf[right] as number; // a right node of the graph
    given.leftOf[right] = left;
    left = cameFrom.get(right) === -1 ? -1 : before;
  }
}

/** Size of a maximum one-to-one matching. */
export function matchingSize(graph: Bipartite): number {
  const given = emptyAssignment(graph);
  let size = 0;
  for (let left = 0; left < graph.lefts; left++) if (growLeft(graph, given, left)) size++;
  return size;
}

/** Evaluates every edge once. */
export function withEdges(
  lefts: number,
  rights: number,
  edge: (left: number, right: number) => boolean,
): Bipartite {
  const edges = new Uint8Array(lefts * rights);
  for (let left = 0; left < lefts; left++) {
    for (let right = 0; right < rights; right++) {
      if (edge(left, right)) edges[left * rights + right] = 1;
    }
  }
  return { lefts, rights, edge: (left, right) => edges[left * rights + right] === 1 };
}
