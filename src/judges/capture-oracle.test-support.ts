import { choices } from '../match/matcher-oracle.test-support.ts';
import type { MadeCall } from '../match/trajectory.test-support.ts';
import {
  assignments,
  boundsOf,
  type Element,
  matches,
  missingOf,
  ordersOf,
  type Pattern,
  type Question,
} from './calls-oracle.test-support.ts';

/** A call given to a pattern of an element. */
interface Given {
  call: MadeCall;
  pattern: Pattern;
  element: number;
  /** Refs may be bound by any call of the same group. */
  grouped: boolean;
}

type Known = ReadonlyMap<string, unknown>;

/** Decides a block with captures by trying every order, every assignment and every value of every name. */
export function holdsWithCaptures(question: Question, calls: readonly MadeCall[]): boolean {
  const { mode, elements } = question;
  const ordered = mode === 'exact' || mode === 'in_order';
  const worlds = worldsOf(elements, calls);
  return (ordered ? ordersOf(calls) : [[...calls]]).some((order) =>
    assignments(order, elements, ordered).some((lists) => {
      if (!isComplete(question, lists, calls.length)) return false;
      return pairings(elements, lists).some((given) => {
        const inTurn = order.flatMap((call) => given.filter((one) => one.call === call));
        return worlds.some((world) => agrees(question, inTurn, world, ordered));
      });
    }),
  );
}

function isComplete(
  { mode, elements }: Question,
  lists: readonly MadeCall[][],
  calls: number,
): boolean {
  const used = lists.reduce((sum, list) => sum + list.length, 0);
  if (mode !== 'in_order' && mode !== 'any_order' && used < calls) return false;
  return elements.every((element, at) => {
    const has = lists[at]?.length ?? 0;
    if (element.kind === 'call' && has > boundsOf(element).max) return false;
    if (element.kind === 'one_of' && has > 1) return false;
    if (element.kind === 'any_order' && has > element.patterns.length) return false;
    return mode === 'subset' || missingOf(element, has) === 0;
  });
}

/** Every way to say which pattern of its element each call meets. */
function pairings(elements: readonly Element[], lists: readonly MadeCall[][]): Given[][] {
  let open: Given[][] = [[]];
  elements.forEach(({ kind, patterns }, element) => {
    const own = lists[element] ?? [];
    const grouped = kind === 'any_order';
    const ways =
      kind === 'call' ? [own.map(() => patterns[0] as Pattern)] : choices(patterns, own.length);
    open = open.flatMap((before) =>
      ways.map((chosen) => [
        ...before,
        ...own.map((call, nth) => ({ call, element, grouped, pattern: chosen[nth] as Pattern })),
      ]),
    );
  });
  return open;
}

/** Whether every call meets its pattern when names have the values of one world. */
function agrees(
  question: Question,
  given: readonly Given[],
  world: Known,
  ordered: boolean,
): boolean {
  return given.every((one, turn) => {
    const own = namesIn(one);
    if (own.some((name) => !world.has(name))) return false;
    const seen = given.filter(
      (other, at) =>
        !ordered || at <= turn || (one.grouped && other.grouped && other.element === one.element),
    );
    const bound = new Set(seen.flatMap(namesIn));
    const known = new Map([...world].filter(([name]) => bound.has(name)));
    return matches(question, one.pattern, one.call, known);
  });
}

/** Names that a call captures for its pattern. */
export function namesIn({ call, pattern }: Pick<Given, 'call' | 'pattern'>): string[] {
  const { status = 'ok', result = null } = call;
  const ofArgs = pattern.args === undefined ? [] : captured(pattern.args, call.args);
  if (pattern.result === undefined || status !== 'ok') return ofArgs;
  return [...ofArgs, ...captured(pattern.result, result)];
}

function captured(source: unknown, value: unknown): string[] {
  if (value === undefined || typeof source !== 'object' || source === null) return [];
  return Object.entries(source).flatMap(([key, inner]) => {
    if (key === '$as') return [String(inner)];
    if (key === '$optional') return captured(inner, value);
    if (key === '$some' || key === '$each') {
      return Array.isArray(value) && value.length > 0 ? captured(inner, value[0]) : [];
    }
    const object = typeof value === 'object' && value !== null && Object.hasOwn(value, key);
    return object ? captured(inner, (value as Record<string, unknown>)[key]) : []; // it has the key
  });
}

/** Every way to give the names that patterns capture a value that occurs, or none. */
export function worldsOf(patterns: unknown, calls: readonly MadeCall[]): Known[] {
  const text = JSON.stringify(patterns);
  const names = ['v', 'w'].filter((name) => text.includes(`"$as":"${name}"`));
  const values = new Map<string, unknown>();
  const open: unknown[] = calls.flatMap(({ args, result = null }) => [args, result]);
  for (const value of open) {
    if (value === undefined) continue;
    values.set(JSON.stringify(value), value);
    if (typeof value === 'object' && value !== null) open.push(...Object.values(value));
  }
  let worlds: Known[] = [new Map()];
  for (const name of names) {
    worlds = worlds.flatMap((world) => [
      world,
      ...[...values.values()].map((value) => new Map([...world, [name, value]])),
    ]);
  }
  return worlds;
}
