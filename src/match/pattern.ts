import type { Difference } from '../model/alignment.ts';
import type { CallStatus } from '../model/status.ts';
import type { Call } from './calls.ts';
import { compileMatcher, EXACT, PARTIAL } from './compile.ts';
import { type Matcher, namesOf as namesIn, type Solution } from './matcher.ts';
import { namesOf } from './modifiers.ts';
import { conjoin } from './object-of.ts';
import type { Mode, Path, Report } from './operator.ts';
import { type PatternPlace, type PatternSource, readPattern } from './pattern-source.ts';
import type { Env, Scope } from './scope.ts';
import { NO, type Tri, tri, UNKNOWN, YES } from './tri.ts';
import { wildcard } from './wildcard.ts';

/** A compiled call pattern. */
export interface CallPattern {
  /** Tool as written, perhaps with wildcards. */
  readonly tool: string;
  readonly binds: readonly string[];
  readonly refs: readonly string[];
  /** Yes, no or unknown; the scope carries captures and where values may come from. */
  test(call: Call, scope: Scope): Tri;
  /** Every way to match with what it captures; refs within the call are checked against its own captures. */
  solve(call: Call, scope: Scope): readonly Solution[];
  /** Whether the call is of the tool that the pattern is about. */
  isOfTool(call: Call): boolean;
  /** How many arguments and other parts of a call depart from what is wanted; 0 when it matches. */
  distance(call: Call, scope: Scope): number;
  /** Where a call of the same tool departs from what is wanted. */
  differences(call: Call, scope: Scope): Difference[];
  words(env: Env): string;
}

/** One part of a call that a pattern asks about. */
interface PatternPart {
  /** Prefix of the paths of its differences: empty for arguments. */
  readonly name: '' | 'result' | 'error';
  readonly matcher: Matcher;
}

/** How a pattern is read where it stands. */
export interface PatternReading extends PatternPlace {
  /** How its arguments compare. */
  readonly args: Mode;
}

/** A pattern of an expectation that must hold: arguments exact. */
export const REQUIRING: PatternReading = { requires: true, counted: false, args: EXACT };

/** Compiles a call pattern; null where a fault was reported that keeps it from being read. */
export function compilePattern(
  source: unknown,
  reading: PatternReading,
  report: Report,
  path: Path = [],
): CallPattern | null {
  const read = readPattern(source, reading, report, path);
  return read && patternOf(read, reading, report, path);
}

/** The value of one part of a call. */
function partValue(call: Call, name: PatternPart['name']): unknown {
  return name === '' ? call.args : call[name];
}

/** The scope of one part: results belong to the step that brought them. */
function partScope(call: Call, name: PatternPart['name'], scope: Scope): Scope {
  const step = name === '' ? call.step : call.resultStep;
  if (scope.step === step) return scope;
  return { env: scope.env, relaxed: scope.relaxed, step, provenance: scope.provenance };
}

function patternOf(
  read: PatternSource,
  reading: PatternReading,
  report: Report,
  path: Path,
): CallPattern {
  const parts = partsOf(read, reading, report, path);
  const matchers = parts.map((part) => part.matcher);
  const binds = namesIn(matchers, 'binds');
  const refs = namesIn(matchers, 'refs');
  const accepts = acceptor(read);
  const test = testOf(read, parts, accepts);
  const solve = (call: Call, scope: Scope): readonly Solution[] => {
    const accepted = accepts(call);
    if (accepted === NO) return [];
    return solutionsOf(parts, call, scope, accepted, (env) => test(call, { ...scope, env }));
  };
  const toolIs = wildcard(read.tool);
  return {
    tool: read.tool,
    binds,
    refs,
    test,
    solve,
    isOfTool: (call) => toolIs(call.tool),
    distance: (call, scope) => distanceOf(read, parts, call, scope),
    differences: (call, scope) => differencesIn(read, parts, call, scope),
    words: (env) => wordsOf(read, parts, env),
  };
}

function testOf(
  read: PatternSource,
  parts: readonly PatternPart[],
  accepts: (call: Call) => Tri,
): CallPattern['test'] {
  const [first] = parts;
  if (first?.name === '' && parts.length === 1 && isPlainTool(read)) {
    // The usual pattern, a tool and its arguments, without the general way round
    const { tool } = read;
    const { matcher } = first;
    return (call, scope) => (call.tool === tool ? matcher.test(call.args, scope) : NO);
  }
  return (call, scope) => {
    let answer = accepts(call);
    for (let index = 0; index < parts.length && answer !== NO; index++) {
      const { name, matcher } = parts[index] as PatternPart; // index < length
      const one = matcher.test(partValue(call, name), partScope(call, name, scope));
      if (one < answer) answer = one;
    }
    return answer;
  };
}

/** Whether nothing but the name of the tool decides which calls a pattern is about. */
function isPlainTool({ tool, modifiers }: PatternSource): boolean {
  return (
    !tool.includes('*') && !Object.hasOwn(modifiers, 'actor') && !Object.hasOwn(modifiers, 'status')
  );
}

function distanceOf(
  read: PatternSource,
  parts: readonly PatternPart[],
  call: Call,
  scope: Scope,
): number {
  let sum = acceptanceDifferences(read, call).length;
  for (const { name, matcher } of parts) {
    sum += matcher.distance(partValue(call, name), partScope(call, name, scope));
  }
  return sum;
}

function differencesIn(
  read: PatternSource,
  parts: readonly PatternPart[],
  call: Call,
  scope: Scope,
): Difference[] {
  const inner = parts.flatMap(({ name, matcher }) =>
    matcher.differences(partValue(call, name), partScope(call, name, scope), name),
  );
  return [...inner, ...acceptanceDifferences(read, call)];
}

/** Where actor and status depart from what is wanted. */
function acceptanceDifferences(read: PatternSource, call: Call): Difference[] {
  const found: Difference[] = [];
  const actors = namesOf(read.modifiers['actor']);
  if (
    actors &&
    !(call.actor !== undefined && actors.some((name) => wildcard(name)(call.actor ?? '')))
  ) {
    const was = call.actor === undefined ? {} : { was: call.actor };
    found.push({ path: 'actor', kind: 'differs', ...was, wanted: actors.join(' or ') });
  }
  const statuses = namesOf(read.modifiers['status']);
  if (statuses && !statuses.includes(call.status)) {
    found.push({
      path: 'status',
      kind: 'differs',
      was: call.status,
      wanted: statuses.join(' or '),
    });
  }
  return found;
}

function partsOf(
  read: PatternSource,
  reading: PatternReading,
  report: Report,
  path: Path,
): PatternPart[] {
  const parts: PatternPart[] = [];
  if (read.args) {
    const matcher = compileMatcher(read.args.value, reading.args, report, read.args.path);
    parts.push({ name: '', matcher });
  }
  for (const name of ['result', 'error'] as const) {
    if (!Object.hasOwn(read.modifiers, name)) continue;
    const at = [...path, name];
    parts.push({ name, matcher: compileMatcher(read.modifiers[name], PARTIAL, report, at) });
  }
  return parts;
}

/** Decides about tool, actor and status. */
function acceptor(read: PatternSource): (call: Call) => Tri {
  const { tool } = read;
  const toolIs = wildcard(tool);
  const actors = namesOf(read.modifiers['actor'])?.map(wildcard) ?? null;
  const statuses = namesOf(read.modifiers['status']) as readonly CallStatus[] | null; // checked when read
  if (isPlainTool(read)) return (call) => tri(call.tool === tool);
  return (call) => {
    if (!toolIs(call.tool)) return NO;
    const { actor } = call;
    if (actors && !(actor !== undefined && actors.some((is) => is(actor)))) return NO;
    if (!statuses || statuses.includes(call.status)) return YES;
    return call.status === 'unknown' ? UNKNOWN : NO;
  };
}

function solutionsOf(
  parts: readonly PatternPart[],
  call: Call,
  scope: Scope,
  accepted: Tri,
  recheck: (env: Env) => Tri,
): readonly Solution[] {
  const values = parts.map(({ name, matcher }) => [matcher, partValue(call, name)] as const);
  const found: Solution[] = [];
  for (const { env } of conjoin(values, { ...scope, step: call.step })) {
    const answer = Math.min(accepted, recheck(env));
    if (answer !== NO) found.push({ answer: answer === YES ? YES : UNKNOWN, env });
  }
  return found;
}

function wordsOf(read: PatternSource, parts: readonly PatternPart[], env: Env): string {
  const args = parts.find((part) => part.name === '');
  const inner = args?.matcher
    .words(env)
    .replace(/^\{ (.*) \}$/s, '$1')
    .replace(/^\{\}$/, '');
  const tail = parts
    .filter((part) => part.name !== '')
    .map((part) => ` with ${part.name} ${part.matcher.words(env)}`);
  for (const key of ['status', 'actor'] as const) {
    const names = namesOf(read.modifiers[key]);
    if (names) tail.push(` with ${key} ${names.join(' or ')}`);
  }
  return `${read.tool}${inner === undefined ? '' : `(${inner})`}${tail.join('')}`;
}
