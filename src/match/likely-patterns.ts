import { isObject } from '../json/object.ts';
import type { Call } from './calls.ts';
import type { CallPattern } from './pattern.ts';
import { isUnsafe, REDACTED } from './same-json.ts';
import { ABSENT } from './tri.ts';

/** Patterns of one tool, told apart by the scalar that most of them want under one argument. */
interface OfTool {
  readonly all: readonly number[];
  readonly key: string | null;
  /** Patterns by the scalar that they want, those that want none of their own included. */
  readonly byScalar: ReadonlyMap<unknown, readonly number[]>;
  readonly others: readonly number[];
}

/** Patterns of one tool below which they are tried one by one. */
const FEW = 8;

/** Finds the patterns that a call may match, by its tool and by one argument; each of the others certainly does not. */
export function likelyPatterns(
  patterns: readonly CallPattern[],
): (call: Call) => readonly number[] {
  const byTool = new Map<string, number[]>();
  const anyTool: number[] = [];
  for (const [number, { tool }] of patterns.entries()) {
    const known = tool.includes('*') ? anyTool : byTool.get(tool);
    if (known) known.push(number);
    else byTool.set(tool, [number]);
  }
  const sorted = new Map<string, OfTool>();
  for (const [tool, own] of byTool) sorted.set(tool, toldApart(patterns, [...own, ...anyTool]));
  const rest = toldApart(patterns, anyTool);
  return (call) => {
    const { all, key, byScalar, others } = sorted.get(call.tool) ?? rest;
    const { args } = call;
    if (key === null || !isObject(args) || !Object.hasOwn(args, key)) return all;
    const value = args[key];
    return isKnownScalar(value) ? (byScalar.get(value) ?? others) : all;
  };
}

function toldApart(patterns: readonly CallPattern[], all: readonly number[]): OfTool {
  const key = all.length < FEW ? null : mostFixed(patterns, all);
  const byScalar = new Map<unknown, number[]>();
  const others: number[] = [];
  if (key === null) return { all, key, byScalar, others };
  for (const number of all) {
    const wanted = scalarAt(patterns[number], key);
    const same = wanted === ABSENT ? others : byScalar.get(wanted);
    if (same) same.push(number);
    else byScalar.set(wanted, [number]);
  }
  if (others.length > 0) for (const own of byScalar.values()) own.push(...others);
  return { all, key, byScalar, others };
}

/** The argument under which the most patterns want a scalar. */
function mostFixed(patterns: readonly CallPattern[], all: readonly number[]): string | null {
  const counts = new Map<string, number>();
  let best: string | null = null;
  for (const number of all) {
    for (const key of argsOf(patterns[number])?.keys ?? []) {
      if (scalarAt(patterns[number], key) === ABSENT) continue;
      const count = (counts.get(key) ?? 0) + 1;
      counts.set(key, count);
      if (best === null || count > (counts.get(best) ?? 0)) best = key;
    }
  }
  return best;
}

function argsOf(pattern: CallPattern | undefined) {
  return pattern?.parts.find(({ name }) => name === '')?.matcher.shape;
}

function scalarAt(pattern: CallPattern | undefined, key: string): unknown {
  const shape = argsOf(pattern);
  return shape?.values[shape.keys.indexOf(key)]?.scalar ?? ABSENT;
}

/** Whether a value is a scalar that equals another one or certainly does not. */
function isKnownScalar(value: unknown): boolean {
  if (typeof value === 'number') return !isUnsafe(value);
  if (typeof value === 'string') return !value.includes(REDACTED);
  return typeof value === 'boolean' || value === null;
}
