import type { JudgeFigures } from '../model/judge-figures.ts';
import type { Totals } from '../model/run.ts';
import { addUsage, type JudgeUsage } from './judge-costs.ts';

/** What all judges took together; nothing where none was asked live. */
export function judgeTotals(judges: readonly JudgeFigures[]): Partial<Totals> {
  let sum: JudgeUsage | null = null;
  for (const one of judges) if (wasLive(one)) sum = addUsage(sum, one);
  if (!sum) return {};
  return {
    judge_cost_usd: sum.cost_usd,
    judge_input_tokens: sum.input_tokens,
    judge_output_tokens: sum.output_tokens,
  };
}

/** Says of each judge once what changed since it was calibrated. */
export function driftWarnings(judges: readonly JudgeFigures[]): string[] {
  const lines = judges.flatMap(({ suite, judge, drift }) =>
    drift.map((change) => `${suite} › ${judge}: ${change} since it was calibrated`),
  );
  return [...new Set(lines)];
}

function wasLive({ ballots, input_tokens, output_tokens }: JudgeFigures): boolean {
  return ballots.live > 0 || input_tokens > 0 || output_tokens > 0;
}
