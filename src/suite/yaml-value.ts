import {
  type Alias,
  type Document,
  isAlias,
  isMap,
  isScalar,
  isSeq,
  type Pair,
  type ParsedNode,
  type YAMLMap,
} from 'yaml';
import type { Fault } from '../model/suite.ts';
import type { KeyPath } from './kinds.ts';
import { MAX_DEPTH } from './max-depth.ts';
import { scalarTrap } from './scalar-traps.ts';
import { setOwn } from './set-own.ts';
import { type FaultOptions, faultAt, lineNumber, type Source, type Span } from './source.ts';

/** The most values that aliases may add to a document. */
const MAX_ALIASED = 100_000;

const KNOWN_TAG = /^tag:yaml\.org,2002:(?:str|int|float|bool|null|map|seq)$|^!$/;

/** A document as plain values, with the traps that it fell into. */
export interface YamlValue {
  value: unknown;
  faults: Fault[];
  /** Paths below which the value is not what was meant, so that further faults would mislead. */
  trapped: KeyPath[];
}

/** What an anchor stands for; null while the node that bears it is being read. */
interface Anchored {
  value: unknown;
  /** Values in it, itself and what its aliases add included. */
  weight: number;
  /** Levels below it. */
  height: number;
}

interface Walk extends YamlValue {
  readonly source: Source;
  readonly path: (string | number)[];
  readonly anchors: Map<string, Anchored | null>;
  /** Values read so far, those that aliases add included. */
  weight: number;
  /** Values that aliases added so far. */
  aliased: number;
  depth: number;
  /** The deepest level since the innermost anchor. */
  deepest: number;
}

/** Turns a document into plain values in one pass, finding on the way what YAML reads in another way than it looks. */
export function yamlValue(document: Document.Parsed, source: Source): YamlValue {
  const walk: Walk = {
    value: null,
    faults: [],
    trapped: [],
    source,
    path: [],
    anchors: new Map(),
    weight: 0,
    aliased: 0,
    depth: 0,
    deepest: 0,
  };
  const value = read(document.contents, walk);
  return { value, faults: walk.faults, trapped: walk.trapped };
}

function read(node: ParsedNode | null, walk: Walk): unknown {
  walk.weight++;
  if (node === null) return null;
  if (isAlias(node)) return readAlias(node, walk);
  // the parser tells of the tag; what stands behind it is not what was meant
  if (node.tag !== undefined && !KNOWN_TAG.test(node.tag)) walk.trapped.push([...walk.path]);
  if (node.anchor === undefined) return readNode(node, walk);
  const { weight, deepest } = walk;
  walk.anchors.set(node.anchor, null);
  walk.deepest = walk.depth;
  const value = readNode(node, walk);
  const height = walk.deepest - walk.depth;
  walk.anchors.set(node.anchor, { value, weight: walk.weight - weight + 1, height });
  walk.deepest = Math.max(deepest, walk.deepest);
  return value;
}

function readNode(node: Exclude<ParsedNode, Alias.Parsed>, walk: Walk): unknown {
  if (isScalar(node)) {
    const found = scalarTrap(node, walk.source.text, walk.path);
    if (found) trap(walk, found.message, found);
    return node.value;
  }
  walk.depth++;
  if (walk.depth > walk.deepest) walk.deepest = walk.depth;
  const value = isSeq(node) ? readList(node.items, walk) : readMap(node, walk);
  walk.depth--;
  return value;
}

function readList(items: readonly ParsedNode[], walk: Walk): unknown[] {
  return items.map((item, index) => {
    walk.path.push(index);
    const value = read(item, walk);
    walk.path.pop();
    return value;
  });
}

function readMap(node: YAMLMap.Parsed, walk: Walk): Record<string, unknown> | null {
  const map: Record<string, unknown> = {};
  for (const pair of node.items) {
    if (isMap(pair.key) || isSeq(pair.key)) {
      if (trapCollectionKey(node, pair.key, walk)) return null;
      continue;
    }
    const key = keyOf(pair, walk);
    if (key === null) continue;
    walk.path.push(key);
    if (Object.hasOwn(map, key)) trapDuplicate(pair.key, key, walk);
    else setOwn(map, key, read(pair.value, walk));
    walk.path.pop();
  }
  return map;
}

/** The text of a key as it is written, null where it is none. */
function keyOf({ key }: Pair<ParsedNode, ParsedNode | null>, walk: Walk): string | null {
  if (isScalar(key)) {
    const merges = key.source === '<<' && key.type === 'PLAIN';
    if (typeof key.value === 'string' && !merges) return key.value;
    if (key.source !== '' && !merges) return key.source;
    const mend = merges
      ? 'Merge keys are not read; write out the keys that "<<" would bring'
      : 'A key is missing before ":"';
    tell(walk, mend, { span: spanOf(key) });
  } else if (isAlias(key)) {
    const mend = `*${key.source} is read as an alias, and a key cannot be one; write it in quotes: "*${key.source}"`;
    tell(walk, mend, { span: spanOf(key) });
  }
  return null;
}

function readAlias(node: Alias.Parsed, walk: Walk): unknown {
  const name = node.source;
  const target = walk.anchors.get(name);
  const options = { span: spanOf(node) };
  if (name === '') return null; // the parser says so
  if (target === undefined) {
    const isKey = name.endsWith(':');
    const plain = isKey ? name.slice(0, -1) : name;
    const mend = `*${plain} is read as an alias, and no anchor &${plain} stands before it; write it in quotes: "*${plain}"${isKey ? ':' : ''}`;
    return trap(walk, mend, options);
  }
  if (target === null) return trap(walk, `Alias *${name} stands inside what it refers to`, options);
  walk.aliased += target.weight;
  if (walk.aliased > MAX_ALIASED) {
    const first = walk.aliased - target.weight <= MAX_ALIASED;
    if (first) trap(walk, 'Aliases add more than 100,000 values', options);
    return null;
  }
  walk.weight += target.weight;
  if (walk.depth + target.height > MAX_DEPTH) {
    return trap(walk, `Nested deeper than ${MAX_DEPTH} levels`, options);
  }
  walk.deepest = Math.max(walk.deepest, walk.depth + target.height);
  return target.value;
}

/** Tells of a key that is no text; true where the map as a whole is not what was meant. */
function trapCollectionKey(node: YAMLMap.Parsed, key: ParsedNode, walk: Walk): boolean {
  const written = walk.source.text.slice(node.range[0], node.range[1]);
  const braces = /^\{\{[^{}\n]*\}\}$/.test(written);
  if (braces) {
    const message = `${written} is read as a map; write it in quotes: "${written}"`;
    trap(walk, message, { span: spanOf(node) });
  } else {
    tell(walk, 'A key must be text, not a map or a list', { span: spanOf(key) });
  }
  return braces;
}

function trapDuplicate(key: ParsedNode, name: string, walk: Walk): void {
  const first = lineNumber(walk.source, walk.source.locate(walk.path, 'key').start);
  trap(walk, `Key "${name}" is written twice, first on line ${first}`, { span: spanOf(key) });
}

/** Notes a trap whose value is not what was meant; gives the null that stands for it. */
function trap(walk: Walk, message: string, options: FaultOptions): null {
  tell(walk, message, options);
  if (options.severity !== 'warning') walk.trapped.push([...walk.path]);
  return null;
}

function tell(walk: Walk, message: string, { severity = 'error', span }: FaultOptions): void {
  const options = { severity, ...(span && { span }) };
  walk.faults.push(faultAt(walk.source, [...walk.path], message, options));
}

function spanOf(node: ParsedNode): Span {
  return { start: node.range[0], end: node.range[1] };
}
