import { decimalSum } from '../json/decimal-sum.ts';
import { isObject } from '../json/object.ts';
import type { JudgeDetails, Wanted } from '../model/llm-judge.ts';
import type { Outcome } from '../model/verdict.ts';

/** What an LLM judge was asked about a trial, and said. */
export interface AskedJudge {
  readonly judge: string;
  readonly wanted: Wanted;
  readonly outcome: Outcome;
}

/** What asking judges live took. */
export interface JudgeUsage {
  input_tokens: number;
  output_tokens: number;
  /** As far as it is known; null where none of it is. */
  cost_usd: number | null;
}

/** What an LLM judge tells beside its outcome, null where it tells nothing. */
export function detailsOf({ outcome: { details } }: AskedJudge): JudgeDetails | null {
  return isObject(details) && Array.isArray(details['ballots'])
    ? (details as JudgeDetails) // made by a desk
    : null;
}

/** Whether our own interruption came before the judge's answer. */
export function isCut(asked: AskedJudge): boolean {
  return asked.outcome.status === 'error' && detailsOf(asked)?.cut === true;
}

/** US dollars that judges cost; undefined where none was asked live, null where no price is known. */
export function judgeCostOf(asked: readonly AskedJudge[]): number | null | undefined {
  let sum: JudgeUsage | null = null;
  for (const one of asked) sum = addUsage(sum, detailsOf(one)?.usage);
  return sum?.cost_usd;
}

/** Adds what one answer took, as exact decimals. */
export function addUsage(
  sum: JudgeUsage | null,
  usage: Readonly<JudgeUsage> | undefined,
): JudgeUsage | null {
  if (!usage) return sum;
  if (!sum) return { ...usage };
  const costs = [sum.cost_usd, usage.cost_usd].filter((cost) => cost !== null);
  return {
    input_tokens: sum.input_tokens + usage.input_tokens,
    output_tokens: sum.output_tokens + usage.output_tokens,
    cost_usd: costs.length === 0 ? null : decimalSum(costs),
  };
}
