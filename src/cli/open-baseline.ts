import { diffRuns } from '../diff/diff-runs.ts';
import { openStoredSide } from '../diff/stored-side.ts';
import { AgentopsError } from '../errors.ts';
import { parseFailOn, REGRESSION } from '../gate/fail-on.ts';
import { COMPARISON_DEFAULTS } from '../model/comparison-defaults.ts';
import { type AgainstBaseline, againstBaseline } from '../run/against-baseline.ts';
import type { EvalOptions } from './eval-options.ts';
import { openSide } from './open-side.ts';

/** A baseline that lies open. */
export interface OpenBaseline extends AgainstBaseline {
  /** Lets go of the files of both runs. */
  close(): void;
}

/** Opens the baseline that a run is to be held against, before anything runs: `latest` is the run before it. Throws `usage` and `store_fault`. */
export async function openBaseline(
  reference: string,
  { failOn, margin = COMPARISON_DEFAULTS.margin, untilDecided, out, seed = 0 }: EvalOptions,
): Promise<OpenBaseline> {
  const rules = failOn ? parseFailOn(failOn) : [REGRESSION];
  const base = await openSide(reference, out === undefined ? {} : { out });
  const sides = [base];
  if (base.facts.status !== 'completed') {
    base.close();
    const words = 'it did not come to its end, expected a run that did';
    throw new AgentopsError('usage', `Cannot hold a run against ${base.facts.run}: ${words}`);
  }
  const held = againstBaseline({
    ...{ rules, margin },
    ...(untilDecided !== undefined && {
      until: { trials: untilDecided === true ? null : untilDecided },
    }),
    compare: async (dir, summary, level) => {
      const head = await openStoredSide(dir, { summary });
      sides.push(head);
      return diffRuns(base, head, { level, seed, margin });
    },
  });
  return {
    ...held,
    close: () => {
      for (const side of sides) side.close();
    },
  };
}
