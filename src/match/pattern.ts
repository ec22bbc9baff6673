import type { Difference } from '../model/alignment.ts';
import type { CallStatus } from '../model/status.ts';
import { OutOfBudget } from './budget.ts';
import type { Call } from './calls.ts';
import { compileMatcher, EXACT, PARTIAL } from './compile.ts';
import { namesOf as namesIn, type Solution } from './matcher.ts';
import { namesOf } from './modifiers.ts';
import type { ArgumentRange } from './number-range.ts';
import { conjoin, MOST_SOLUTIONS } from './object-of.ts';
import type { Mode, Path, Report } from './operator.ts';
import { type PatternPart, partScope, partValue } from './pattern-part.ts';
import { type PatternPlace, type PatternSource, readPattern } from './pattern-source.ts';
import { differencesIn, distanceOf, wordsOf } from './pattern-words.ts';
import type { Env, Scope } from './scope.ts';
import { NO, type Tri, tri, UNKNOWN, YES } from './tri.ts';
import { wildcard } from './wildcard.ts';

/** A compiled call pattern. */
export interface CallPattern {
  /** Tool as written, perhaps with wildcards. */
  readonly tool: string;
  readonly binds: readonly string[];
  readonly refs: readonly string[];
  /** What it wants of the parts of a call that it asks about. */
  readonly parts: readonly PatternPart[];
  /** The range that a call of its tool with that argument only must lie within, where nothing else is asked of it; null else. */
  readonly range: ArgumentRange | null;
  /** Yes, no or unknown; the scope carries captures and where values may come from. */
  test(call: Call, scope: Scope): Tri;
  /** Like `test`, but every capture of the pattern is made already: values that are captured together must come from one and the same way to match. */
  testBound(call: Call, scope: Scope): Tri;
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
  const testBound = (call: Call, scope: Scope): Tri => {
    if (binds.length === 0) return test(call, scope);
    return Math.min(accepts(call), boundAnswer(parts, call, scope)) as Tri; // of two Tris
  };
  const solve = (call: Call, scope: Scope): readonly Solution[] => {
    if (accepts(call) === NO) return [];
    return waysToBind(parts, call, scope).flatMap(({ env }) => {
      const answer = testBound(call, { ...scope, env });
      return answer === NO ? [] : [{ answer, env }];
    });
  };
  const toolIs = wildcard(read.tool);
  return {
    tool: read.tool,
    binds,
    refs,
    parts,
    range: rangeOf(read, parts),
    test,
    testBound,
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

function rangeOf(read: PatternSource, parts: readonly PatternPart[]): ArgumentRange | null {
  const [first, ...others] = parts;
  const shape = first?.name === '' && others.length === 0 ? first.matcher.shape : null;
  const [key, ...more] = shape?.keys ?? [];
  const range = shape?.values[0]?.range;
  return isPlainTool(read) && key !== undefined && more.length === 0 && range
    ? { key, ...range }
    : null;
}

/** Whether nothing but the name of the tool decides which calls a pattern is about. */
function isPlainTool({ tool, modifiers }: PatternSource): boolean {
  return (
    !tool.includes('*') && !Object.hasOwn(modifiers, 'actor') && !Object.hasOwn(modifiers, 'status')
  );
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

/** Every way in which the parts capture, each seeing what those before it have captured. */
function waysToBind(parts: readonly PatternPart[], call: Call, scope: Scope): Solution[] {
  let open: Solution[] = [{ answer: YES, env: scope.env }];
  for (const { name, matcher } of parts) {
    const value = partValue(call, name);
    open = open.flatMap(({ answer, env }) =>
      conjoin([[matcher, value]], partScope(call, name, { ...scope, env })).map((next) => ({
        answer: answer === YES ? next.answer : UNKNOWN,
        env: next.env,
      })),
    );
    if (open.length > MOST_SOLUTIONS) throw new OutOfBudget('ways to capture from one call');
  }
  return open;
}

/** The best answer among the ways to match that capture nothing beyond the scope. */
function boundAnswer(parts: readonly PatternPart[], call: Call, scope: Scope): Tri {
  let best: Tri = NO;
  for (const { answer, env } of waysToBind(parts, call, scope)) {
    if (env === scope.env && answer > best) best = answer;
  }
  return best;
}
