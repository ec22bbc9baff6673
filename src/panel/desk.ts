import type { View } from '../match/view.ts';
import type { Wanted } from '../model/llm-judge.ts';
import type { Outcome } from '../model/verdict.ts';

/** Where expectations ask the LLM judges of a suite. */
export interface JudgeDesk {
  /** Whether a judge is shown calls, so that it cannot judge a trial whose calls nobody watched. */
  needsCalls(name: string): boolean;
  /** What a judge says of a trial, held against what is wanted; never rejects. Whatever keeps it from an answer is an `error`. */
  judge(name: string, wanted: Wanted, view: View): Promise<Outcome>;
}
