import type { AnswerForm } from './answer-form.ts';

/** What an answer may be, for a sentence: `pass or fail`, `a number from 1 to 5`. */
export function answerWords(form: AnswerForm): string {
  if (form.kind === 'scale') return `a number from ${form.low} to ${form.high}`;
  return orWords(Object.keys(form.words));
}

/** Words as a choice: `a, b or c`. */
export function orWords(words: readonly string[]): string {
  const last = words.at(-1) ?? 'nothing';
  return words.length < 2 ? last : `${words.slice(0, -1).join(', ')} or ${last}`;
}
