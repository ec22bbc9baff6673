import {
  Document,
  isCollection,
  isMap,
  isScalar,
  isSeq,
  type Node,
  Pair,
  Scalar,
  YAMLMap,
  YAMLSeq,
} from 'yaml';
import { AgentopsError } from '../errors.ts';
import { isObject } from '../json/object.ts';
import { pointerSegment } from '../json/pointer.ts';

/** Columns of the text. */
const WIDTH = 100;
/** Columns of a map or list that is written in one line. */
const FLOW_WIDTH = 72;
const FLOW_DEPTH = 2;
/** Levels from the top that take lines of their own: the suite and its sections. */
const BLOCK_LEVELS = 2;
const MAX_BYTES = 16 * 1024 * 1024;

/** What stands beside the data. */
export interface YamlWords {
  /** Path of the JSON Schema, for editors. */
  readonly schema?: string;
  /** Lines at the top, safe in one line each. */
  readonly head?: readonly string[];
  /** Remarks of one safe line, by the JSON Pointer of what they are about: behind a text or number, above a map or list. */
  readonly remarks?: ReadonlyMap<string, string>;
}

/** Writes a suite (JSON data) as YAML that reads back as the same, here and in YAML 1.1: short maps in one line, long text folded. Throws `input_fault` above 16 MiB. */
export function suiteYaml(
  suite: Readonly<Record<string, unknown>> | readonly unknown[],
  { schema, head = [], remarks = new Map() }: YamlWords = {},
): string {
  const document: Document = new Document(null, { version: '1.2', compat: 'yaml-1.1' });
  document.contents = nodeOf(suite, 0);
  if (remarks.size > 0) remarkOn(document.contents, remarks, '');
  const first = schema === undefined ? [] : [`yaml-language-server: $schema=${schema}`];
  const comment = [...first, ...head].map((line) => (line === '' ? '' : ` ${line}`));
  if (comment.length > 0) document.commentBefore = comment.join('\n');
  for (const [index, { key, value }] of itemsOf(document.contents)) {
    const isSection = index > 0 && isCollection(value) && value.flow !== true;
    if (isScalar(key) && isSection) key.spaceBefore = true;
    if (isSeq(value)) setApart(value.items.slice(1));
  }
  const text = document.toString({ lineWidth: WIDTH });
  if (Buffer.byteLength(text) <= MAX_BYTES) return text;
  const message = 'Cannot write the suite: it is larger than 16 MiB, expected fewer tasks';
  throw new AgentopsError('input_fault', message);
}

function itemsOf(node: unknown): Iterable<[number, { key: unknown; value: unknown }]> {
  return isMap(node) ? node.items.entries() : [];
}

/** Sets remarks beside what they are about, whose collections then take lines of their own; tells whether there was one. */
function remarkOn(node: unknown, remarks: ReadonlyMap<string, string>, pointer: string): boolean {
  const own = remarks.get(pointer);
  let any = own !== undefined;
  if (isMap(node)) {
    for (const { key, value } of node.items) {
      const below = `${pointer}/${pointerSegment(String(isScalar(key) ? key.value : key))}`;
      any = remarkOn(value, remarks, below) || any;
      const remark = remarks.get(below);
      if (remark !== undefined && isScalar(key) && isCollection(value)) {
        key.commentBefore = ` ${remark}`;
      }
    }
  } else if (isSeq(node)) {
    for (const [index, item] of node.items.entries()) {
      any = remarkOn(item, remarks, `${pointer}/${index}`) || any;
      const remark = remarks.get(`${pointer}/${index}`);
      if (remark !== undefined && isCollection(item)) item.commentBefore = ` ${remark}`;
    }
  } else if (own !== undefined && isScalar(node)) node.comment = ` ${own}`;
  if (any && isCollection(node)) node.flow = false;
  return any;
}

/** Puts a blank line before each map that is no short one. */
function setApart(items: readonly unknown[]): void {
  for (const item of items) if (isMap(item) && item.flow !== true) item.spaceBefore = true;
}

function nodeOf(value: unknown, level: number, inList = false): Node {
  if (!Array.isArray(value) && !isObject(value)) return scalarOf(value);
  const parts = Object.values(value);
  const isLeaf = parts.every((part) => typeof part !== 'object' || part === null);
  const flow =
    parts.length === 0 ||
    (level >= BLOCK_LEVELS && (isLeaf || !inList) && flowWidth(value, FLOW_DEPTH) <= FLOW_WIDTH);
  const collection = Array.isArray(value) ? listOf(value, level) : mapOf(value, level);
  collection.flow = flow;
  return collection;
}

function listOf(value: readonly unknown[], level: number) {
  const list = new YAMLSeq();
  list.items = value.map((item) => nodeOf(item, level + 1, true));
  return list;
}

function mapOf(value: Readonly<Record<string, unknown>>, level: number) {
  const map = new YAMLMap();
  map.items = Object.entries(value).map(
    ([key, item]) => new Pair(scalarOf(key), nodeOf(item, level + 1)),
  );
  return map;
}

/** Columns that a value takes in one line, about; infinite where it should not be in one. */
function flowWidth(value: unknown, depth: number): number {
  if (typeof value === 'string') {
    return value.includes('\n') ? Number.POSITIVE_INFINITY : value.length + 2;
  }
  if (typeof value !== 'object' || value === null) return String(value).length;
  let width = 2;
  for (const [key, item] of Object.entries(value)) {
    width += 2 + (Array.isArray(value) ? 0 : key.length + 2) + flowWidth(item, depth - 1);
    if (depth === 0 || width > FLOW_WIDTH) return Number.POSITIVE_INFINITY;
  }
  return width;
}

/** Text that a reader, or another program, may take for something else: placeholders, merges, what cannot be seen. */
const MISLEADING = /\{\{|^(?:<<|=)$|[^\P{C}\n]|[\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]/u;
/** Text that blocks would not give back, or not readably. */
const NO_BLOCK =
  /^\s|[^\S\n]\n|[^\S\n]$|\n\n$|[^\P{C}\n]|[\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]/u;

function scalarOf(value: unknown): Scalar {
  const scalar = new Scalar(value);
  if (typeof value === 'string') {
    const type = typeOf(value);
    if (type) scalar.type = type;
  } else if (typeof value === 'number' && Number.isInteger(value) && !Number.isSafeInteger(value)) {
    scalar.format = 'EXP'; // as digits it would be refused for those that it lost
  }
  return scalar;
}

/** How text is written; undefined where that can be left to the writer. */
function typeOf(text: string): Scalar.Type | undefined {
  const isLong = text.length > FLOW_WIDTH || text.includes('\n');
  if (isLong && !NO_BLOCK.test(text)) {
    return text.includes('\n') ? 'BLOCK_LITERAL' : 'BLOCK_FOLDED';
  }
  return MISLEADING.test(text) || text.includes('\n') ? 'QUOTE_DOUBLE' : undefined;
}
