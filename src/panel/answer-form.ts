import type { JudgeSpec } from '../model/llm-judge.ts';

/** What a judge may answer: one of some words with what they mean, or a number from `low` to `high`. */
export type AnswerForm =
  | { readonly kind: 'words'; readonly words: Readonly<Record<string, string>> }
  | { readonly kind: 'scale'; readonly low: number; readonly high: number };

/** The form of a judge's answers. */
export function answerForm({ scale, answers }: Pick<JudgeSpec, 'scale' | 'answers'>): AnswerForm {
  if (!scale) return { kind: 'words', words: answers ?? {} };
  const [low, high] = scale;
  return { kind: 'scale', low, high };
}

/** What the better of two trajectories is called. */
export const PAIR_FORM: AnswerForm = {
  kind: 'words',
  words: {
    first: 'The first is better under the rubric',
    second: 'The second is better under the rubric',
    tie: 'Neither is better',
  },
};
