import type { ComparedCall } from './compared-call.ts';
import { multisetOverlap } from './multiset-overlap.ts';

/** Match types of ADK. */
export const adkMatches = ['exact', 'in_order', 'any_order'] as const;
export type AdkMatch = (typeof adkMatches)[number];

/** Google ADK's `tool_trajectory_avg_score`: the share of turns whose calls match, 0 or 1 each; needs as many turns made as expected. */
export function adkToolTrajectory(
  expected: readonly (readonly ComparedCall[])[],
  made: readonly (readonly ComparedCall[])[],
  match: AdkMatch,
  ignoreArgs = false,
): number {
  const keysOf = (calls: readonly ComparedCall[]) =>
    calls.map(({ tool, key }) => (ignoreArgs ? tool : key));
  const matched = expected.filter((turn, index) =>
    turnMatches[match](keysOf(turn), keysOf(made[index] ?? [])),
  );
  return expected.length === 0 ? 1 : matched.length / expected.length;
}

type Keys = readonly (string | null)[];

const turnMatches: Readonly<Record<AdkMatch, (expected: Keys, made: Keys) => boolean>> = {
  exact: (expected, made) =>
    expected.length === made.length &&
    expected.every((key, at) => key !== null && key === made[at]),
  in_order: (expected, made) => {
    let met = 0;
    for (const key of made)
      if (met < expected.length && key !== null && key === expected[met]) met++;
    return met === expected.length;
  },
  any_order: (expected, made) => multisetOverlap(expected, made).both === expected.length,
};
