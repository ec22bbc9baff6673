import * as z from 'zod';
import { isObject } from '../../json/object.ts';

const Criterion = z.union([
  z.number(),
  z.looseObject({
    threshold: z.number().describe('Share of turns that must match'),
    match_type: z
      .union([z.enum(['EXACT', 'IN_ORDER', 'ANY_ORDER']), z.literal([0, 1, 2])])
      .nullish()
      .describe('How calls are compared, EXACT unless given'),
  }),
]);

/** The `test_config.json` of ADK. */
export const AdkTestConfig = z.looseObject({
  criteria: z
    .looseObject({ tool_trajectory_avg_score: Criterion.optional() })
    .describe('Metrics by name with what they must reach'),
});
export type AdkTestConfig = z.infer<typeof AdkTestConfig>;

/** What of a test configuration can be judged by calls, and what cannot. */
export interface AdkCriteria {
  readonly mode: 'exact' | 'in_order' | 'any_order';
  /** Null where calls are not looked at. */
  readonly threshold: number | null;
  /** Names of criteria that no rule of ours is. */
  readonly others: readonly string[];
}

const MODES = {
  EXACT: 'exact',
  IN_ORDER: 'in_order',
  ANY_ORDER: 'any_order',
  0: 'exact',
  1: 'in_order',
  2: 'any_order',
} as const;

/** The criteria of a configuration; those of ADK itself where there is none. */
export function adkCriteria(config: AdkTestConfig | null): AdkCriteria {
  if (config === null) return { mode: 'exact', threshold: 1, others: ['response_match_score'] };
  const { tool_trajectory_avg_score: calls, ...rest } = config.criteria;
  const others = Object.keys(rest).filter((name) => rest[name] !== null);
  if (calls === undefined) return { mode: 'exact', threshold: null, others };
  if (!isObject(calls)) return { mode: 'exact', threshold: calls, others };
  return { mode: MODES[calls.match_type ?? 'EXACT'], threshold: calls.threshold, others };
}
