import fc from 'fast-check';

const values = fc.oneof(
  fc.constantFrom<unknown>(null, '', 'c0', 4, -1, 1.5, true, [], {}, [null], { type: 'text' }),
  fc.jsonValue(),
);

const mutation = fc.tuple(
  fc.constantFrom('replace', 'remove', 'double', 'swap'),
  fc.array(fc.nat(20), { minLength: 1, maxLength: 8 }),
  values,
);

function mutated(record: unknown, [kind, route, value]: [string, number[], unknown]): unknown {
  const copy = structuredClone(record);
  let parent = copy as Record<string, unknown>; // an object or a list: both have keys
  for (const [depth, turn] of route.entries()) {
    const keys = Object.keys(parent);
    const key = keys[turn % keys.length];
    if (key === undefined) return copy;
    const inner = parent[key];
    if (depth === route.length - 1 || typeof inner !== 'object' || inner === null) {
      change(parent, key, kind, value);
      return copy;
    }
    parent = inner as Record<string, unknown>; // as above
  }
  return copy;
}

function change(parent: Record<string, unknown>, key: string, kind: string, value: unknown): void {
  if (!Array.isArray(parent)) {
    if (kind === 'remove') delete parent[key];
    else parent[key] = value;
    return;
  }
  const at = Number(key);
  if (kind === 'replace') parent[at] = value;
  else if (kind === 'remove') parent.splice(at);
  else if (kind === 'double') parent.splice(at, 0, structuredClone(parent[at]));
  else parent.push(...parent.splice(at, 1));
}

/** Copies of a record in which up to five places are cut off, doubled, moved or of another type. */
export function brokenCopies(record: unknown): fc.Arbitrary<unknown> {
  return fc
    .array(mutation, { minLength: 1, maxLength: 5 })
    .map((mutations) => mutations.reduce<unknown>(mutated, record));
}
