import type * as z from 'zod';
import { isObject } from '../json/object.ts';
import { ON_KEY } from '../match/schema.ts';
import type { Fault } from '../model/suite.ts';
import type { KeyPath } from './kinds.ts';
import { isWithin, leadsTo } from './path-set.ts';
import { got, missing, schemaMessage, suggested, typeWords } from './schema-message.ts';
import { faultAt, type Source } from './source.ts';

interface Finding {
  path: KeyPath;
  message: string;
  on: 'value' | 'key';
}

/** Where a value stands. */
export interface ValueAt {
  source: Source;
  path: KeyPath;
  /** Paths in the source at which something is wrong already, so that further faults there would mislead. */
  trapped: readonly KeyPath[];
}

/** Faults of a value, and its place with their paths among those at which something is wrong. */
export interface Validated {
  faults: Fault[];
  at: ValueAt;
}

/** Validations before schemas are compiled to code, which pays off only where much is validated. */
const FEW = 100;
let validations = 0;

/** Validates a value and pins every fault to its place. */
export function validate(schema: z.ZodType, value: unknown, at: ValueAt): Validated {
  const issues = issuesOf(schema, value);
  if (issues.length === 0) return { faults: [], at };
  const findings = withoutMisspelt(issues.flatMap((issue) => findingsOf(issue, value)))
    .map((finding) => ({ ...finding, path: [...at.path, ...finding.path] }))
    .filter(({ path }) => !isWithin(path, at.trapped));
  return {
    faults: findings.map(({ path, message, on }) => faultAt(at.source, path, message, { on })),
    at: { ...at, trapped: [...at.trapped, ...findings.map(({ path }) => path)] },
  };
}

function issuesOf(schema: z.ZodType, value: unknown): z.core.$ZodIssue[] {
  try {
    const jitless = ++validations <= FEW;
    return schema.safeParse(value, { error: schemaMessage, jitless }).error?.issues ?? [];
  } catch (thrown) {
    if (!(thrown instanceof RangeError)) throw thrown;
    // beyond some hundred thousand issues the validator overflows the stack
    return [{ code: 'custom', path: [], message: 'More is wrong in here than can be told' }];
  }
}

/** Tells whether nothing is wrong at a place: neither in what stands there nor in what it stands in. */
export function isSound({ path, trapped }: ValueAt): boolean {
  return !isWithin(path, trapped) && !leadsTo(path, trapped);
}

/** The place of a part of a value. */
export function below(at: ValueAt, path: KeyPath): ValueAt {
  return { ...at, path: [...at.path, ...path] };
}

function findingsOf(issue: z.core.$ZodIssue, value: unknown): Finding[] {
  const path = issue.path as KeyPath; // no schema of ours has symbols for keys
  if (issue.code === 'unrecognized_keys') {
    const messages = issue.message.split('\n');
    return issue.keys.map((key, index) => ({
      path: [...path, key],
      message: messages[index] ?? issue.message,
      on: 'key',
    }));
  }
  if (issue.code === 'invalid_union' && issue.errors.length > 0) {
    return unionFindings(issue.errors, path, value);
  }
  const message = isAbsent(value, path) ? missingWords(issue, path) : issue.message;
  const on = issue.code === 'custom' && issue.params?.['on'] === ON_KEY.on ? 'key' : 'value';
  return [{ path, message, on }];
}

/** The faults of the variant that comes closest, for unions that choose by trying. */
function unionFindings(
  errors: readonly (readonly z.core.$ZodIssue[])[],
  path: KeyPath,
  value: unknown,
): Finding[] {
  const inner = valueAt(value, path);
  const near = errors.filter((issues) => !issues.some(isWholeType));
  const [best] = near.toSorted((a, b) => depthOf(b) - depthOf(a) || a.length - b.length);
  if (best) {
    return best
      .flatMap((issue) => findingsOf(issue, inner))
      .map((finding) => ({ ...finding, path: [...path, ...finding.path] }));
  }
  const expected = new Set(
    errors
      .flat()
      .filter(isWholeType)
      .map((issue) => typeWords(issue.expected)),
  );
  const message = `Expected ${[...expected].join(' or ')}, ${got(inner)}`;
  return [{ path, message, on: 'value' }];
}

/** Tells whether a fault is about a key that is not there. */
function isAbsent(value: unknown, path: KeyPath): boolean {
  const key = path.at(-1);
  const parent = key === undefined ? undefined : valueAt(value, path.slice(0, -1));
  return isObject(parent) && !Object.hasOwn(parent, String(key));
}

/** What is said of a missing key, whatever its schema made of the nothing that it found. */
function missingWords({ message }: z.core.$ZodIssue, path: KeyPath): string {
  const words = missing(String(path.at(-1)));
  return message.startsWith(words) ? message : words;
}

function isWholeType(issue: z.core.$ZodIssue): issue is z.core.$ZodIssueInvalidType {
  return issue.code === 'invalid_type' && issue.path.length === 0;
}

function depthOf(issues: readonly z.core.$ZodIssue[]): number {
  return Math.max(...issues.map((issue) => issue.path.length));
}

function valueAt(value: unknown, path: KeyPath): unknown {
  let at = value;
  for (const key of path) {
    if (typeof at !== 'object' || at === null) return undefined;
    at = (at as Record<string, unknown>)[key]; // lists as well as maps
  }
  return at;
}

/** Drops the keys that are missing because they stand there in another spelling. */
function withoutMisspelt(findings: readonly Finding[]): Finding[] {
  const meant = new Set<string>();
  for (const { path, message, on } of findings) {
    const name = on === 'key' ? suggested(message) : null;
    if (name !== null) meant.add(JSON.stringify([...path.slice(0, -1), name]));
  }
  if (meant.size === 0) return [...findings];
  return findings.filter(
    (finding) => !(isMissing(finding) && meant.has(JSON.stringify(finding.path))),
  );
}

function isMissing({ path, message }: Finding): boolean {
  return message.startsWith(missing(String(path.at(-1))));
}
