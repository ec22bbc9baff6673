import type { JudgeAnswer, Wanted } from '../model/llm-judge.ts';
import type { AnswerForm } from './answer-form.ts';
import { orWords } from './answer-words.ts';

/** What is wanted of a judge, without a reference: `is` filled in as `pass` where nothing is said and a judge has that answer. */
export function plainWanted(wanted: Wanted, form: AnswerForm): Omit<Wanted, 'reference'> {
  const { reference: _, ...plain } = wanted;
  const isBare = form.kind === 'words' && plain.is === undefined;
  return isBare && Object.hasOwn(form.words, 'pass') ? { ...plain, is: ['pass'] } : plain;
}

/** Whether one answer is what is wanted. */
export function holdsFor(answer: JudgeAnswer, { at_least, at_most, is }: Wanted): boolean {
  if (typeof answer === 'string') return is?.includes(answer) ?? false;
  if (at_least === undefined && at_most === undefined) return false;
  return !(answer < (at_least ?? answer)) && !(answer > (at_most ?? answer));
}

/** What is wanted, for a sentence: `at least 4`, `pass or partly`. */
export function wantedWords({ at_least, at_most, is }: Wanted): string {
  if (is) return orWords(is);
  const bounds = [
    ...(at_least === undefined ? [] : [`at least ${at_least}`]),
    ...(at_most === undefined ? [] : [`at most ${at_most}`]),
  ];
  return bounds.join(' and ') || 'nothing';
}
