import { isObject } from '../json/object.ts';
import { nearestName } from '../match/nearest-name.ts';
import { readPattern } from '../match/pattern-source.ts';
import { wildcard } from '../match/wildcard.ts';
import type { Tool, Tools } from '../model/tool.ts';
import { addAll } from './add-all.ts';
import type { KeyPath, NameAt, PatternAt } from './kinds.ts';
import { someOf, suggestion } from './schema-message.ts';

/** A name in a call pattern that no declared tool has. */
export interface UnknownName {
  path: KeyPath;
  on: 'value' | 'key';
  message: string;
}

/** What makes the arguments of a tool open: names beside its `properties` are then legal. */
const COMPOSITION = [
  'patternProperties',
  '$ref',
  '$dynamicRef',
  'allOf',
  'anyOf',
  'oneOf',
  'if',
  'dependentSchemas',
];
const UNARY = new Set(['$partial', '$not', '$optional']);
const LISTS = new Set(['$and', '$or']);

/** Checks the names of tools and arguments in a call pattern against the tools that are declared. */
export function unknownNames({ path, pattern }: PatternAt, tools: Tools): UnknownName[] {
  const read = readPattern(pattern, { requires: false, counted: true }, () => {}, path);
  if (!read) return [];
  const named = toolsNamed(read.tool, tools);
  if (named.length === 0) {
    return [{ ...placeOfTool(read.tool, pattern, path), message: unknownTool(read.tool, tools) }];
  }
  if (!read.args) return [];
  const known = knownArguments(named);
  if (known === null) return [];
  return argumentsIn(read.args.value, read.args.path)
    .filter((argument) => !known.includes(argument.name))
    .map((argument) => ({
      path: argument.path,
      on: 'key',
      message: unknownArgument(argument.name, read.tool, known),
    }));
}

/** Checks the name of a tool, or of its argument, that stands outside of a call pattern. */
export function unknownName(name: NameAt, tools: Tools): UnknownName[] {
  const { path, on, tool, argument, asItStands = false } = name;
  if (asItStands && tool.includes('*')) {
    const message = `"${tool}" is no name of a tool; * is no wildcard here, name each tool`;
    return [{ path, on, message }];
  }
  const named = toolsNamed(tool, tools);
  if (argument === undefined) {
    return named.length > 0 ? [] : [{ path, on, message: unknownTool(tool, tools) }];
  }
  const known = knownArguments(named); // of an unknown tool none is, and that is told of its name
  if (named.length === 0 || known === null || known.includes(argument)) return [];
  return [{ path, on, message: unknownArgument(argument, tool, known) }];
}

function unknownArgument(name: string, tool: string, known: readonly string[]): string {
  return `Unknown argument "${name}" of ${tool}, ${orKnown(name, known, 'it takes')}`;
}

function toolsNamed(name: string, tools: Tools): Tool[] {
  if (!name.includes('*')) {
    const tool = Object.hasOwn(tools, name) ? tools[name] : undefined;
    return tool ? [tool] : [];
  }
  const matches = wildcard(name);
  return Object.entries(tools).flatMap(([known, tool]) => (matches(known) ? [tool] : []));
}

function unknownTool(name: string, tools: Tools): string {
  const mend = orKnown(name, namesOf(tools), 'the tools are');
  return name.includes('*')
    ? `No tool is named like "${name}", ${mend}`
    : `Unknown tool "${name}", ${mend}`;
}

/** Where the name of the tool stands in a pattern as written. */
export function placeOfTool(
  name: string,
  pattern: unknown,
  path: KeyPath,
): Pick<UnknownName, 'path' | 'on'> {
  if (!isObject(pattern)) return { path, on: 'value' };
  return Object.hasOwn(pattern, 'tool')
    ? { path: [...path, 'tool'], on: 'value' }
    : { path: [...path, name], on: 'key' };
}

/** The names of tools as one list, which the search for near names knows again. */
function namesOf(tools: Tools): readonly string[] {
  const names = namesByTools.get(tools) ?? Object.keys(tools);
  namesByTools.set(tools, names);
  return names;
}

const namesByTools = new WeakMap<Tools, readonly string[]>();

function orKnown(name: string, known: readonly string[], words: string): string {
  const near = nearestName(name, known);
  if (near !== null) return suggestion(near);
  return known.length === 0 ? `${words} none` : `${words} ${someOf(known)}`;
}

/** Names of the arguments that some of the tools takes; null where any name may be one. */
function knownArguments(tools: readonly Tool[]): string[] | null {
  const names: string[] = [];
  for (const { input } of tools) {
    if (!input || isOpen(input)) return null;
    addAll(names, Object.keys(input['properties'] as object));
  }
  return names;
}

function isOpen(input: Record<string, unknown>): boolean {
  const { properties, additionalProperties = false } = input;
  if (!isObject(properties) || additionalProperties !== false) return true;
  return COMPOSITION.some((key) => Object.hasOwn(input, key));
}

/** The plain keys of a matcher of arguments, operators looked through. */
function argumentsIn(matcher: unknown, path: KeyPath): { name: string; path: KeyPath }[] {
  if (!isObject(matcher)) return [];
  return Object.entries(matcher).flatMap(([key, value]) => {
    const inner = [...path, key];
    if (!key.startsWith('$')) return [{ name: key, path: inner }];
    if (UNARY.has(key)) return argumentsIn(value, inner);
    if (LISTS.has(key) && Array.isArray(value)) {
      return value.flatMap((item, index) => argumentsIn(item, [...inner, index]));
    }
    if (key !== '$eq' || !isObject(value)) return [];
    return Object.keys(value).map((name) => ({ name, path: [...inner, name] }));
  });
}
