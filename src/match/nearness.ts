import type { Call } from './calls.ts';
import type { CallPattern } from './pattern.ts';
import type { Env } from './scope.ts';
import type { View } from './view.ts';
import { MOST_DIFFERENCES } from './worth.ts';

/** The pattern among several that a call comes nearest to, and how many arguments differ. */
export interface Nearest {
  readonly pattern: number;
  readonly differences: number;
}

/** Finds the nearest of several patterns about the tool of a call; null where none is. The first one counts where several are equally near. */
export function nearestOf(
  patterns: readonly CallPattern[],
  numbers: readonly number[],
  call: Call,
  view: View,
  env: Env,
): Nearest | null {
  let best: Nearest | null = null;
  for (const number of numbers) {
    const pattern = patterns[number];
    if (!pattern?.isOfTool(call)) continue;
    const scope = { ...view.scopeAt(call.step), env };
    const differences = Math.min(pattern.distance(call, scope), MOST_DIFFERENCES);
    if (!best || differences < best.differences) best = { pattern: number, differences };
  }
  return best;
}
