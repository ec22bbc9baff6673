import * as z from 'zod';
import type { Call } from '../match/calls.ts';
import { wildcard } from '../match/wildcard.ts';
import type { Outcome } from '../model/verdict.ts';
import { unfaulted } from '../suite/unfaulted.ts';
import { failed, passed } from './judge.ts';
import { objectOr } from './one-or-list.ts';

const Range = z
  .strictObject({
    min: z.int().nonnegative().optional().describe('At least so many'),
    max: z.int().nonnegative().optional().describe('At most so many'),
  })
  .refine(
    ({ min, max }) => min !== undefined || max !== undefined,
    unfaulted('Give min, max or both'),
  )
  .refine(
    ({ min, max }) => (min ?? 0) <= (max ?? Number.POSITIVE_INFINITY),
    unfaulted('min is above max'),
  );

/** How many calls of a tool: a number, or `{ min, max }`. */
export const Bounds: z.ZodType = objectOr(Range, z.int().nonnegative());

/** Counts calls per tool; the score is the share of calls that are within the bounds. */
export function countCalls(calls: readonly Call[], bounds: readonly [string, unknown][]): Outcome {
  let [matched, off] = [0, 0];
  const faults: string[] = [];
  const evidence: number[] = [];
  for (const [tool, bound] of bounds) {
    const is = wildcard(tool);
    const made = calls.filter((call) => is(call.tool));
    const { min, max } = rangeOf(bound);
    const missing = Math.max(0, min - made.length);
    const unexpected = Math.max(0, made.length - max);
    matched += made.length - unexpected;
    off += missing + unexpected;
    if (missing + unexpected === 0) continue;
    faults.push(`${tool} was called ${times(made.length)}, wanted ${wanted(min, max)}`);
    evidence.push(...made.slice(unexpected > 0 ? max : 0).map((call) => call.step));
  }
  const figures = { matched, off };
  if (faults.length === 0) return passed('Each tool was called as often as wanted', [], figures);
  return { ...failed(faults.join('; '), evidence, figures), score: matched / (matched + off) };
}

function rangeOf(bound: unknown): { min: number; max: number } {
  if (typeof bound === 'number') return { min: bound, max: bound };
  const { min = 0, max = Number.POSITIVE_INFINITY } = bound as { min?: number; max?: number }; // validated
  return { min, max };
}

function times(count: number): string {
  if (count === 0) return 'never';
  return count === 1 ? 'once' : `${count} times`;
}

function wanted(min: number, max: number): string {
  if (min === max) return times(min);
  if (max === Number.POSITIVE_INFINITY) return `at least ${times(min)}`;
  return min === 0 ? `at most ${times(max)}` : `${min} to ${max} times`;
}
