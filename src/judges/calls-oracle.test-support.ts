import { type Comparing, choices, naive } from '../match/matcher-oracle.test-support.ts';
import type { MadeCall } from '../match/trajectory.test-support.ts';
import { NOT_KNOWN, YES } from '../match/tri.ts';

/** A call pattern, taken apart. */
export interface Pattern {
  tool: string;
  args?: unknown;
  result?: unknown;
  status?: string[];
  actor?: string;
}

/** How often an element must and may be met. */
export interface Count {
  times?: number | { min?: number; max?: number };
  optional?: boolean;
}

/** An entry of a mode's list. */
export interface Element extends Count {
  kind: 'call' | 'any_order' | 'one_of';
  patterns: Pattern[];
}

export type Mode = 'exact' | 'in_order' | 'any_order' | 'unordered' | 'subset';

/** How a pattern is read where it stands. */
export interface Reading extends Comparing {
  /** The least answer that counts: 1 where unknown does. */
  least: 1 | 2;
}

/** A block of `calls` and how it is read. */
export interface Question extends Reading {
  mode: Mode;
  elements: Element[];
}

/** What a block must come to. */
export interface Expected {
  pass: boolean;
  score: number;
}

type Known = ReadonlyMap<string, unknown>;
/** Whether a pattern matches a call under the captures that were made. */
type Meets = (pattern: Pattern, call: MadeCall, known: Known) => boolean;

const NOTHING: Known = new Map();

/** Decides a block by trying every order and every way to give calls to elements. */
export function decide(question: Question, calls: readonly MadeCall[]): Expected {
  const { mode, elements } = question;
  const forbids = mode === 'exact' || mode === 'unordered' || mode === 'subset';
  const ordered = mode === 'exact' || mode === 'in_order';
  const memo = new Map<Pattern, Map<MadeCall, boolean>>();
  const meets: Meets = (pattern, call) => {
    const row = memo.get(pattern) ?? new Map<MadeCall, boolean>();
    memo.set(pattern, row);
    const answer = row.get(call) ?? matches(question, pattern, call, NOTHING);
    row.set(call, answer);
    return answer;
  };
  let best: { matched: number; missing: number } | null = null;
  for (const order of ordered ? ordersOf(calls) : [calls]) {
    for (const given of assignments(order, elements, ordered)) {
      const found = figuresOf(given, question, meets);
      if (!found) continue;
      const refused = forbids ? calls.length - found.matched : 0;
      if (found.missing + refused === 0) return { pass: true, score: 1 };
      if (!best || worth(found) > worth(best)) best = found;
    }
  }
  const { matched, missing } = best ?? { matched: 0, missing: 0 };
  const refused = forbids ? calls.length - matched : 0;
  return { pass: false, score: matched / (matched + missing + refused) };
}

/** Most matches, then fewest missing. */
function worth({ matched, missing }: { matched: number; missing: number }): number {
  return matched * 1000 - missing;
}

/** Every order that the calls may have had: those issued together change places among themselves. */
export function ordersOf(calls: readonly MadeCall[]): MadeCall[][] {
  const groups = [...new Set(calls.flatMap(({ parallel }) => parallel ?? []))];
  let orders: MadeCall[][] = [[...calls]];
  for (const group of groups) {
    const places = calls.flatMap((call, at) => (call.parallel === group ? [at] : []));
    const members = calls.filter((call) => call.parallel === group);
    orders = orders.flatMap((order) =>
      choices(members, members.length).map((chosen) => {
        const moved = [...order];
        chosen.forEach((call, nth) => {
          moved[places[nth] ?? 0] = call;
        });
        return moved;
      }),
    );
  }
  return orders;
}

/** Every way to give each call to one element or to none; in order where that is asked. */
export function assignments(
  calls: readonly MadeCall[],
  elements: readonly Element[],
  ordered: boolean,
): MadeCall[][][] {
  let open: { lists: MadeCall[][]; from: number }[] = [{ lists: elements.map(() => []), from: 0 }];
  for (const call of calls) {
    open = open.flatMap((one) => {
      const next = [one];
      for (let at = ordered ? one.from : 0; at < elements.length; at++) {
        const lists = one.lists.map((list, index) => (index === at ? [...list, call] : list));
        next.push({ lists, from: at });
      }
      return next;
    });
  }
  return open.map(({ lists }) => lists);
}

/** What an assignment comes to; null where some call does not meet its element. */
function figuresOf(
  given: readonly MadeCall[][],
  { mode, elements }: Question,
  meets: Meets,
  known: Known = NOTHING,
): { matched: number; missing: number } | null {
  let [matched, missing] = [0, 0];
  for (const [at, element] of elements.entries()) {
    const own = given[at] ?? [];
    if (!fits(element, own, (pattern, call) => meets(pattern, call, known))) return null;
    matched += own.length;
    if (mode !== 'subset') missing += missingOf(element, own.length);
  }
  return { matched, missing };
}

function fits(
  { kind, patterns, ...count }: Element,
  own: readonly MadeCall[],
  meets: (pattern: Pattern, call: MadeCall) => boolean,
): boolean {
  const [first] = patterns;
  if (kind === 'call') {
    return own.length <= boundsOf(count).max && own.every((call) => first && meets(first, call));
  }
  if (kind === 'one_of') {
    return own.length <= 1 && own.every((call) => patterns.some((one) => meets(one, call)));
  }
  if (own.length > patterns.length) return false;
  return choices(patterns, own.length).some((chosen) =>
    chosen.every((pattern, nth) => own[nth] && meets(pattern, own[nth])),
  );
}

export function missingOf({ kind, patterns, ...count }: Element, has: number): number {
  if (kind === 'any_order') return patterns.length - has;
  if (kind === 'call' && count.optional && has === 0) return 0;
  return Math.max(0, (kind === 'call' ? boundsOf(count).min : 1) - has);
}

export function boundsOf({ times }: Count): { min: number; max: number } {
  if (times === undefined) return { min: 1, max: 1 };
  if (typeof times === 'number') return { min: times, max: times };
  return { min: times.min ?? 0, max: times.max ?? Number.POSITIVE_INFINITY };
}

/** Whether a pattern matches a call under captures that are known. */
export function matches(
  { keys, lists, least }: Reading,
  pattern: Pattern,
  call: MadeCall,
  known: Known,
): boolean {
  const answers: number[] = [];
  if (pattern.tool !== '*' && pattern.tool !== call.tool) return false;
  const { actor } = pattern;
  if (actor !== undefined && actor !== call.actor) return false;
  const status = call.status ?? 'ok';
  if (pattern.status && !pattern.status.includes(status)) {
    answers.push(status === 'unknown' ? 1 : 0);
  }
  if (pattern.args !== undefined) {
    const value = call.args === undefined ? NOT_KNOWN : call.args;
    answers.push(naive(pattern.args, value, { keys, lists }, known));
  }
  if (pattern.result !== undefined && status === 'unknown') answers.push(1);
  else if (pattern.result !== undefined && status !== 'ok') answers.push(0);
  else if (pattern.result !== undefined) {
    const mode = { keys: 'partial', lists: 'ordered' } as const;
    answers.push(naive(pattern.result, call.result ?? null, mode, known));
  }
  return Math.min(YES, ...answers) >= least;
}
