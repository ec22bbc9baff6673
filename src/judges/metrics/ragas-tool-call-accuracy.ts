import { isObject, ownValue } from '../../json/object.ts';
import { sameJson } from '../../match/same-json.ts';
import { YES } from '../../match/tri.ts';
import { bestPairing, type Comparison } from './best-pairing.ts';
import { argumentNames, type ComparedCall } from './compared-call.ts';
import { multisetOverlap } from './multiset-overlap.ts';

/** Variants of Ragas' ToolCallAccuracy: the first two are the older metric's, the others those of `ragas.metrics.collections`. */
export const ragasVariants = ['strict', 'flexible', 'subsequence', 'contained'] as const;
export type RagasVariant = (typeof ragasVariants)[number];

/** Ragas' ToolCallAccuracy with arguments compared as JSON and calls paired as well as can be; 0 unless the names line up. */
export function ragasToolCallAccuracy(
  expected: readonly ComparedCall[],
  made: readonly ComparedCall[],
  variant: RagasVariant,
): number {
  if (expected.length === 0 || made.length === 0) return expected.length === made.length ? 1 : 0;
  if (!aligned[variant](namesOf(expected), namesOf(made))) return 0;
  const total =
    variant === 'strict'
      ? expected.reduce((sum, wanted, at) => sum + scoreAt(wanted, made[at]), 0)
      : bestPairing(expected, made, comparison);
  return total / expected.length;
}

type Names = readonly string[];

const aligned: Readonly<Record<RagasVariant, (expected: Names, made: Names) => boolean>> = {
  strict: (expected, made) =>
    expected.length === made.length && expected.every((name, at) => name === made[at]),
  flexible: (expected, made) =>
    expected.length === made.length && multisetOverlap(expected, made).both === expected.length,
  subsequence: (expected, made) => {
    let met = 0;
    for (const name of made) if (name === expected[met]) met++;
    return met >= expected.length;
  },
  contained: (expected, made) => multisetOverlap(expected, made).both === expected.length,
};

function namesOf(calls: readonly ComparedCall[]): string[] {
  return calls.map(({ tool }) => tool);
}

function scoreAt(wanted: ComparedCall, found: ComparedCall | undefined): number {
  return found ? argumentScore(wanted, found) : 0;
}

const comparison: Comparison = {
  score: argumentScore,
  sameness: ({ key }) => key,
  equalFirst: false, // extra arguments are free, so an equal call may serve another one better
};

/** Share of the expected arguments that have the same value; other arguments are free unless none is expected. */
function argumentScore(wanted: ComparedCall, found: ComparedCall): number {
  if (wanted.key === null || found.key === null) return 0;
  if (wanted.key === found.key) return 1;
  const names = argumentNames(wanted);
  const { args } = wanted;
  const given = found.args;
  if (names.length === 0 || !isObject(args) || !isObject(given)) return 0;
  const same = names.filter(
    (name) => Object.hasOwn(given, name) && sameJson(ownValue(args, name), given[name]) === YES,
  );
  return same.length / names.length;
}
