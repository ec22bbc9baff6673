import { decimalSum } from '../json/decimal-sum.ts';
import type { JudgeAnswer, JudgeDetails, JudgeSpec, Wanted } from '../model/llm-judge.ts';
import { answerForm } from './answer-form.ts';
import type { Heard } from './hear-trial.ts';
import { plainWanted } from './holds-for.ts';
import type { JudgeExchange } from './judge-exchange.ts';

/** Flags that a verdict keeps. */
const MOST_FLAGS = 50;

/** All that a verdict of a judge keeps of its ballots; of none where it was not asked. */
export function judgeDetails(
  spec: JudgeSpec,
  wanted: Wanted,
  heard: readonly Heard[] | null,
): JudgeDetails {
  const all = heard ?? [];
  const { is, ...bounds } = plainWanted(wanted, answerForm(spec));
  const flags = [...new Set(all.flatMap((each) => each.flags))].slice(0, MOST_FLAGS);
  const holds = heard === null ? null : holdsInAll(heard);
  const usage = usageOf(all.flatMap(({ live }) => live));
  return {
    judge: spec.name,
    wanted: { ...bounds, ...(is && { is: [...is] }) },
    agree: spec.agree,
    answer: spec.each === null ? (all[0]?.agreed.answer ?? null) : null,
    holds,
    ballots: all.flatMap(({ ballots }) => ballots),
    ...(spec.each !== null && { steps: all.flatMap(stepOf) }),
    ...(flags.length > 0 && { flags }),
    ...(holds === null && all.some(({ isCut }) => isCut) && { cut: true as const }),
    ...(usage && { usage }),
  };
}

/** Whether every question holds: one that does not decides, else one that is open. */
function holdsInAll(heard: readonly Heard[]): boolean | null {
  const found = heard.map(({ agreed }) => agreed.holds);
  if (found.includes(false)) return false;
  return found.includes(null) ? null : true;
}

function stepOf({ step, agreed }: Heard): {
  step: number;
  answer: JudgeAnswer | null;
  holds: boolean | null;
}[] {
  return step === null ? [] : [{ step, ...agreed }];
}

/** Tokens and cost of exchanges; undefined where there were none. */
export function usageOf(live: readonly JudgeExchange[]): JudgeDetails['usage'] {
  if (live.length === 0) return undefined;
  const costs = live.map(({ cost_usd: cost }) => cost).filter((cost) => cost !== null);
  return {
    input_tokens: live.reduce((sum, { usage }) => sum + (usage?.input_tokens ?? 0), 0),
    output_tokens: live.reduce((sum, { usage }) => sum + (usage?.output_tokens ?? 0), 0),
    cost_usd: costs.length < live.length ? null : decimalSum(costs),
  };
}
