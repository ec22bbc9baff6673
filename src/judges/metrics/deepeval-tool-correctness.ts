import { isObject } from '../../json/object.ts';
import { sameJson } from '../../match/same-json.ts';
import { YES } from '../../match/tri.ts';
import { bestPairing, type Comparison } from './best-pairing.ts';
import type { ComparedCall } from './compared-call.ts';
import { orderedPairing } from './ordered-pairing.ts';

/** How DeepEval's tool correctness is asked for. */
export interface ToolCorrectnessOptions {
  /** `any_order` is its default, `in_order` its `should_consider_ordering`, `exact` its `should_exact_match`. */
  readonly match?: 'any_order' | 'in_order' | 'exact' | undefined;
  /** Arguments count as well as names. */
  readonly params?: boolean | undefined;
  /** What the tools answered counts too. */
  readonly output?: boolean | undefined;
}

/** DeepEval's ToolCorrectness less its faults: equal calls each count, and the pairing is the best one there is. */
export function deepevalToolCorrectness(
  expected: readonly ComparedCall[],
  made: readonly ComparedCall[],
  options: ToolCorrectnessOptions = {},
): number {
  const { match = 'any_order' } = options;
  const comparison = comparisonFor(options);
  if (match === 'exact') return isExact(expected, made, comparison) ? 1 : 0;
  if (expected.length === 0) return made.length === 0 ? 1 : 0;
  const pairing = match === 'in_order' ? orderedPairing : bestPairing;
  return pairing(expected, made, comparison) / expected.length;
}

function comparisonFor({ params = false, output = false }: ToolCorrectnessOptions): Comparison {
  return {
    equalFirst: true,
    sameness: (call) => {
      const key = params ? call.key : call.tool;
      if (!output) return key;
      return key === null || call.output === null ? null : `${key}\n${call.output}`;
    },
    score: (wanted, found) => {
      if (output && (wanted.output === null || wanted.output !== found.output)) return 0;
      return params ? argumentSimilarity(wanted, found) : 1;
    },
  };
}

function isExact(
  expected: readonly ComparedCall[],
  made: readonly ComparedCall[],
  { sameness }: Comparison,
): boolean {
  if (expected.length !== made.length) return false;
  return expected.every((wanted, at) => {
    const found = made[at];
    const key = sameness(wanted);
    return found !== undefined && key !== null && key === sameness(found);
  });
}

function argumentSimilarity(wanted: ComparedCall, found: ComparedCall): number {
  if (wanted.key === null || found.key === null) return 0;
  return wanted.key === found.key ? 1 : similarity(wanted.args, found.args);
}

/** Keys with equal values over all keys; a map inside counts as far as it is alike. */
function similarity(left: unknown, right: unknown): number {
  if (sameJson(left, right) === YES) return 1;
  if (!isObject(left) || !isObject(right)) return 0;
  const keys = new Set([...Object.keys(left), ...Object.keys(right)]);
  let alike = 0;
  for (const key of keys) {
    if (Object.hasOwn(left, key) && Object.hasOwn(right, key))
      alike += similarity(left[key], right[key]);
  }
  return alike / keys.size;
}
