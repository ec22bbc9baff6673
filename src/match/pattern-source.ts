import { isObject } from '../json/object.ts';
import { CallStatus } from '../model/status.ts';
import { didYouMean } from './nearest-name.ts';
import type { Path, Report } from './operator.ts';

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

const plainModifiers = ['result', 'error', 'status', 'actor'];
const countModifiers = ['times', 'optional'];

/** Names that a short form cannot have for its tool. */
export const reservedNames: readonly string[] = [
  'tool',
  'args',
  ...plainModifiers,
  ...countModifiers,
  'any_order',
  'one_of',
];

/** Reads the shape of a call pattern; null where a fault keeps it from being read. */
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
    report(path, `A call pattern is ${form}, not ${JSON.stringify(source) ?? 'nothing'}`);
    return null;
  }
  const allowed = place.counted ? [...plainModifiers, ...countModifiers] : plainModifiers;
  const read = Object.hasOwn(source, 'tool')
    ? readLong(source, allowed, report, path)
    : readShort(source, place, allowed, report, path);
  if (read) checkModifiers(read.modifiers, report, path);
  return read;
}

function readLong(
  source: Record<string, unknown>,
  allowed: readonly string[],
  report: Report,
  path: Path,
): PatternSource | null {
  const known = ['tool', 'args', ...allowed];
  for (const key of Object.keys(source)) {
    if (!known.includes(key)) report([...path, key], misplaced(key, known));
  }
  const tool = source['tool'];
  if (typeof tool !== 'string' || tool === '') {
    report([...path, 'tool'], 'tool is the name of a tool: a text that is not empty');
    return null;
  }
  const args = Object.hasOwn(source, 'args')
    ? argumentsAt(source['args'], [...path, 'args'], report)
    : null;
  return { tool, args, modifiers: pick(source, allowed) };
}

function readShort(
  source: Record<string, unknown>,
  place: PatternPlace,
  allowed: readonly string[],
  report: Report,
  path: Path,
): PatternSource | null {
  const names = Object.keys(source).filter((key) => !allowed.includes(key));
  const [tool] = names;
  if (tool === undefined || names.length > 1) {
    reportNames(source, names, report, path);
    return null;
  }
  if (reservedNames.includes(tool)) {
    report([...path, tool], misplaced(tool, ['tool', ...allowed]));
    return null;
  }
  const modifiers = pick(source, allowed);
  const args = source[tool];
  if (args !== null && args !== undefined) {
    return { tool, args: argumentsAt(args, [...path, tool], report), modifiers };
  }
  if (place.requires && Object.keys(modifiers).length === 0) {
    report(
      [...path, tool],
      `"${tool}:" has nothing after it: write "- ${tool}" for any arguments, "${tool}: {}" for none`,
    );
  }
  return { tool, args: null, modifiers };
}

function reportNames(
  source: Record<string, unknown>,
  names: readonly string[],
  report: Report,
  path: Path,
): void {
  const [first, second] = names;
  if (first === undefined) {
    report(
      path,
      'A call pattern needs the name of a tool: { tool_name: arguments } or { tool: name }',
    );
  } else if (source[first] === null) {
    report(
      [...path, second ?? first],
      `"${first}:" has nothing after it and "${second}" stands beside it: indent the arguments under "${first}:"`,
    );
  } else {
    const other = second ?? first;
    const known = [...plainModifiers, ...countModifiers];
    const mend = `a short form has exactly one tool beside ${known.join(', ')}`;
    report(
      [...path, other],
      `Unknown key "${other}" beside "${first}": ${didYouMean(other, known)} (${mend})`,
    );
  }
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
  report(
    path,
    `Arguments are a map of names to matchers, not ${JSON.stringify(value) ?? 'nothing'}`,
  );
  return null;
}

function pick(source: Record<string, unknown>, keys: readonly string[]): Record<string, unknown> {
  const picked: Record<string, unknown> = Object.create(null);
  for (const key of keys) if (Object.hasOwn(source, key)) picked[key] = source[key];
  return picked;
}

function checkModifiers(
  modifiers: Readonly<Record<string, unknown>>,
  report: Report,
  path: Path,
): void {
  for (const [key, value] of Object.entries(modifiers)) {
    const wanted = modifierWants(key, value);
    if (wanted)
      report([...path, key], `${key} takes ${wanted}, not ${JSON.stringify(value) ?? 'nothing'}`);
  }
}

/** What a modifier takes, where the value is not that. */
function modifierWants(key: string, value: unknown): string | null {
  if (key === 'optional') return typeof value === 'boolean' ? null : 'true or false';
  if (key === 'times')
    return timesOf(value) ? null : 'a number, or { min, max } with min not above max';
  if (key === 'actor') return namesOf(value) ? null : 'a name or a list of names';
  if (key !== 'status') return null;
  const names = namesOf(value);
  const known = names?.every((name) => CallStatus.safeParse(name).success) ?? false;
  return known ? null : `one or a list of ${CallStatus.options.join(', ')}`;
}

/** A name or a list of names as a list; null for anything else. */
export function namesOf(value: unknown): readonly string[] | null {
  const list = Array.isArray(value) ? value : [value];
  const named = list.length > 0 && list.every((name) => typeof name === 'string' && name !== '');
  return named ? list : null;
}

/** `n` or `{ min, max }` as bounds; null for anything else. */
export function timesOf(value: unknown): { min: number; max: number } | null {
  if (typeof value === 'number') return isCount(value) ? { min: value, max: value } : null;
  if (!isObject(value)) return null;
  const keys = Object.keys(value);
  if (keys.length === 0 || keys.some((key) => key !== 'min' && key !== 'max')) return null;
  const min = value['min'] ?? 0;
  const max = value['max'] ?? Number.POSITIVE_INFINITY;
  if (!isCount(min) || !(isCount(max) || max === Number.POSITIVE_INFINITY)) return null;
  return min <= max ? { min, max } : null;
}

function isCount(value: unknown): value is number {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0;
}
