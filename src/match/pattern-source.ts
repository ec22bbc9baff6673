import { isObject } from '../json/object.ts';
import { checkModifiers, countModifiers, plainModifiers } from './modifiers.ts';
import { didYouMean, nearestName } from './nearest-name.ts';
import type { Path, Report } from './operator.ts';
import { showValue } from './show.ts';

/** A call pattern as written, its two forms brought together. */
export interface PatternSource {
  tool: string;
  /** Where the arguments stand and what they are; null for any arguments. */
  args: { path: Path; value: unknown } | null;
  /** Modifiers that were given, by name. */
  modifiers: Readonly<Record<string, unknown>>;
}

/** What the place of a pattern allows. */
export interface PatternPlace {
  /** The pattern requires: a null short form without modifiers is then a fault. */
  requires: boolean;
  /** `times` and `optional` may stand beside it. */
  counted: boolean;
}

const groups = ['any_order', 'one_of'];
const modifierNames = ['args', ...plainModifiers, ...countModifiers];
const SHOWN = 80;

/** Names that a short form cannot have for its tool. */
export const reservedNames: readonly string[] = [
  'tool',
  'args',
  ...plainModifiers,
  ...countModifiers,
  ...groups,
];

/** Reads the shape of a call pattern, as much of it as is sound; null where a fault keeps it from being read. */
export function readPattern(
  source: unknown,
  place: PatternPlace,
  report: Report,
  path: Path,
): PatternSource | null {
  if (typeof source === 'string') {
    if (source !== '') return { tool: source, args: null, modifiers: {} };
    report(path, 'A call pattern needs the name of a tool, not an empty text');
    return null;
  }
  if (!isObject(source)) {
    const form = 'a tool name, { tool_name: arguments } or { tool: name, args: … }';
    report(path, `A call pattern is ${form}, not ${showValue(source, SHOWN)}`);
    return null;
  }
  const allowed = place.counted ? [...plainModifiers, ...countModifiers] : plainModifiers;
  const modifiers = pick(source, allowed);
  checkModifiers(modifiers, report, path);
  const read = Object.hasOwn(source, 'tool')
    ? readLong(source, allowed, report, path)
    : readShort(source, place, allowed, report, path);
  return read && { ...read, modifiers };
}

type Read = Omit<PatternSource, 'modifiers'>;

function readLong(
  source: Record<string, unknown>,
  allowed: readonly string[],
  report: Report,
  path: Path,
): Read | null {
  const known = ['tool', 'args', ...allowed];
  for (const key of Object.keys(source)) {
    if (!known.includes(key)) report([...path, key], misplaced(key, known), 'key');
  }
  const tool = source['tool'];
  const args = Object.hasOwn(source, 'args')
    ? argumentsAt(source['args'], [...path, 'args'], report)
    : null;
  if (typeof tool === 'string' && tool !== '') return { tool, args };
  report([...path, 'tool'], 'tool is the name of a tool: a text that is not empty');
  return null;
}

function readShort(
  source: Record<string, unknown>,
  place: PatternPlace,
  allowed: readonly string[],
  report: Report,
  path: Path,
): Read | null {
  const names = Object.keys(source).filter((key) => !allowed.includes(key));
  const tool = toolAmong(names);
  if (tool === undefined) {
    const [modifier] = Object.keys(source);
    const form = '{ tool_name: arguments } or { tool: name }';
    const long =
      modifier === undefined
        ? ''
        : `; a tool named "${modifier}" needs the long form { tool: ${modifier} }`;
    report(path, `A call pattern needs the name of a tool: ${form}${long}`);
    return null;
  }
  const args = source[tool];
  const others = names.filter((name) => name !== tool);
  if (!reportOthers({ tool, args }, others, report, path)) return null;
  if (reservedNames.includes(tool)) {
    report([...path, tool], misplaced(tool, ['tool', ...allowed]), 'key');
    return null;
  }
  if (args !== null && args !== undefined) {
    // get_order is within three edits of any_order
    const group = Array.isArray(args) && place.counted ? nearestName(tool, groups, 2) : null;
    if (group === null) return { tool, args: argumentsAt(args, [...path, tool], report) };
    report([...path, tool], `Unknown key "${tool}", did you mean "${group}"?`, 'key');
    return null;
  }
  const isBare = others.length === 0 && !allowed.some((key) => Object.hasOwn(source, key));
  if (place.requires && isBare) {
    report(
      [...path, tool],
      `"${tool}:" has nothing after it: write "- ${tool}" for any arguments, "${tool}: {}" for none`,
    );
  }
  return { tool, args: null };
}

/** The key of a short form that is its tool: of several the first that is not a modifier, misplaced or misspelt. */
function toolAmong(names: readonly string[]): string | undefined {
  if (names.length < 2) return names[0];
  const free = names.filter((name) => !reservedNames.includes(name));
  return free.find((name) => nearestName(name, modifierNames) === null) ?? free[0] ?? names[0];
}

/** Reports the keys that cannot stand beside a tool; false where they show that the pattern is not what was meant. */
function reportOthers(
  { tool, args }: { tool: string; args: unknown },
  others: readonly string[],
  report: Report,
  path: Path,
): boolean {
  const [other] = others;
  if (other === undefined) return true;
  if (others.includes('args') && typeof args === 'string' && nearestName(tool, ['tool']) !== null) {
    report([...path, tool], `Unknown key "${tool}", did you mean "tool"?`, 'key');
    return false;
  }
  if (args === null && !others.some((name) => reservedNames.includes(name))) {
    report(
      [...path, other],
      `"${tool}:" has nothing after it and "${other}" stands beside it: indent the arguments under "${tool}:"`,
      'key',
    );
    return false;
  }
  for (const name of others) report([...path, name], cannotStandBeside(tool, name), 'key');
  return true;
}

function cannotStandBeside(tool: string, key: string): string {
  if (key === 'args') {
    return `"args" stands beside "tool" only: write { tool: ${tool}, args: … } or { ${tool}: … }`;
  }
  if (reservedNames.includes(key)) return misplaced(key, []);
  const known = [...plainModifiers, ...countModifiers];
  const mend = `a short form has exactly one tool beside ${known.join(', ')}`;
  return `Unknown key "${key}" beside "${tool}": ${didYouMean(key, known)} (${mend})`;
}

function misplaced(key: string, known: readonly string[]): string {
  if (countModifiers.includes(key))
    return `"${key}" cannot stand here: only elements of calls are counted`;
  if (reservedNames.includes(key)) {
    return `"${key}" cannot stand here; a tool of that name needs the long form { tool: ${key} }`;
  }
  return `Unknown key "${key}" in a call pattern: ${didYouMean(key, known)}`;
}

function argumentsAt(value: unknown, path: Path, report: Report): PatternSource['args'] {
  if (isObject(value)) return { path, value };
  report(path, `Arguments are a map of names to matchers, not ${showValue(value, SHOWN)}`);
  return null;
}

function pick(source: Record<string, unknown>, keys: readonly string[]): Record<string, unknown> {
  const picked: Record<string, unknown> = Object.create(null);
  for (const key of keys) if (Object.hasOwn(source, key)) picked[key] = source[key];
  return picked;
}
