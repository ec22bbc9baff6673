import { pointerOf } from '../../json/pointer.ts';

/** Where a leaf stands, from the leaf outwards; null for the whole value. */
interface Way {
  readonly key: string | number;
  readonly above: Way | null;
}

/** One text inside a value: a leaf, or the key of an object. */
export interface LeafText {
  readonly text: string;
  /** JSON Pointer into the value; of a key, to what stands under it. */
  readonly path: () => string;
}

/** The texts inside a JSON value in their order, keys and numbers included; iterative, since values can be nested deeply. */
export function leafTexts(value: unknown): LeafText[] {
  const found: LeafText[] = [];
  const open: { value: unknown; way: Way | null }[] = [{ value, way: null }];
  for (let next = open.pop(); next; next = open.pop()) {
    const { value: here, way } = next;
    if (typeof here === 'string') found.push({ text: here, path: () => pathOf(way) });
    else if (typeof here === 'number') found.push({ text: String(here), path: () => pathOf(way) });
    else if (typeof here === 'object' && here !== null) {
      const isList = Array.isArray(here);
      const entries = Object.entries(here);
      for (let at = entries.length - 1; at >= 0; at--) {
        const [key, inner] = entries[at] as [string, unknown]; // at < length
        open.push({ value: inner, way: { key: isList ? Number(key) : key, above: way } });
      }
      if (isList) continue;
      for (const [key] of entries) {
        found.push({ text: key, path: () => pathOf({ key, above: way }) });
      }
    }
  }
  return found;
}

/** The same texts alone, for those who need not know where they stand. */
export function textsIn(value: unknown): string[] {
  const found: string[] = [];
  const open: unknown[] = [value];
  while (open.length > 0) {
    const next = open.pop();
    if (typeof next === 'string') found.push(next);
    else if (typeof next === 'number') found.push(String(next));
    else if (typeof next === 'object' && next !== null) {
      if (!Array.isArray(next)) for (const key of Object.keys(next)) found.push(key);
      const inner = Array.isArray(next) ? next : Object.values(next);
      for (let at = inner.length - 1; at >= 0; at--) open.push(inner[at]);
    }
  }
  return found;
}

function pathOf(way: Way | null): string {
  const keys: (string | number)[] = [];
  for (let at = way; at; at = at.above) keys.push(at.key);
  return pointerOf(keys.reverse());
}
