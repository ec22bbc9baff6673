import type * as z from 'zod';
import { kindWords } from './kind-words.ts';

type Issue = z.core.$ZodIssue;

/** The first fault that a schema found in a record, in words: its place, what stands there, what was wanted. */
export function issueWords(error: z.ZodError, value: unknown): string {
  const first = error.issues[0];
  if (first === undefined) return 'It is not valid';
  const { path, wanted } = located(first);
  const where = path.map((key) => (typeof key === 'number' ? `[${key}]` : `.${String(key)}`));
  const found = kindWords(path.reduce(inside, value));
  if (where.length === 0) return `It is ${found}, expected ${wanted}`;
  return `Its "${where.join('').replace(/^\./, '')}" is ${found}, expected ${wanted}`;
}

function inside(value: unknown, key: PropertyKey): unknown {
  return typeof value === 'object' && value !== null && Object.hasOwn(value, key)
    ? (value as Record<PropertyKey, unknown>)[key] // an own key of an object
    : undefined;
}

/** Where an issue lies and what was wanted there; of a union, the alternative that came furthest, else all of them. */
function located(issue: Issue): { path: PropertyKey[]; wanted: string } {
  if (issue.code !== 'invalid_union') return { path: issue.path, wanted: wantedBy(issue) };
  const firsts = issue.errors.flatMap((issues) => issues[0] ?? []).map(located);
  const deepest = firsts.find(({ path }) => path.length > 0);
  if (deepest) return { path: [...issue.path, ...deepest.path], wanted: deepest.wanted };
  return { path: issue.path, wanted: firsts.map(({ wanted }) => wanted).join(' or ') };
}

const TYPES: Readonly<Record<string, string>> = {
  string: 'a text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  array: 'a list',
  object: 'an object',
  record: 'an object',
};

function wantedBy(issue: Issue): string {
  if (issue.code === 'invalid_type') return TYPES[issue.expected] ?? issue.expected;
  if (issue.code === 'invalid_value') return issue.values.map(String).join(', ');
  if (issue.code === 'too_small') return `more than ${issue.minimum}`;
  return issue.message;
}
