import { type Document, isMap, isNode, isScalar, isSeq, type ParsedNode } from 'yaml';
import type { KeyPath } from './kinds.ts';
import type { Source, Span } from './source.ts';

/** Makes the way from key paths to places in a document; maps are indexed when they are first asked. */
export function yamlLocator(document: Document.Parsed): Source['locate'] {
  const indexes = new WeakMap<object, Map<string, Entry>>();
  const entriesOf = (map: object, items: readonly Entry[]) => {
    const known = indexes.get(map);
    if (known) return known;
    const index = new Map<string, Entry>();
    for (const item of items) {
      const key = keyText(item.key);
      if (key !== null && !index.has(key)) index.set(key, item);
    }
    indexes.set(map, index);
    return index;
  };
  return (path, on) => locate(document.contents, path, on, entriesOf);
}

interface Entry {
  key: ParsedNode;
  value: ParsedNode | null;
}

function locate(
  root: ParsedNode | null,
  path: KeyPath,
  on: 'value' | 'key',
  entriesOf: (map: object, items: readonly Entry[]) => ReadonlyMap<string, Entry>,
): Span {
  let node = root;
  let span = root ? spanOf(root) : { start: 0, end: 0 };
  for (const [depth, step] of path.entries()) {
    const last = depth === path.length - 1;
    if (isMap(node)) {
      const entry = entriesOf(node, node.items).get(String(step));
      if (!entry) return span;
      node = entry.value;
      const written = isNode(node) && node.range[1] > node.range[0];
      span = spanOf((last && on === 'key') || !written || node === null ? entry.key : node);
    } else if (isSeq(node)) {
      node = node.items[Number(step)] ?? null;
      if (node === null) return span;
      span = spanOf(node);
    } else {
      return span;
    }
  }
  return span;
}

function keyText(key: ParsedNode): string | null {
  if (!isScalar(key)) return null;
  return typeof key.value === 'string' ? key.value : key.source;
}

/** Where a node stands; of a map or list that is not in one line only its beginning is marked. */
function spanOf(node: ParsedNode): Span {
  const [start, end] = node.range;
  return { start, end: isScalar(node) ? end : start + 1 };
}
