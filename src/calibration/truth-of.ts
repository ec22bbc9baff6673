import type { JudgeAnswer, Wanted } from '../model/llm-judge.ts';
import type { AnswerForm } from '../panel/answer-form.ts';
import { holdsFor } from '../panel/holds-for.ts';
import { UNSURE } from './settle-labels.ts';

/** What a label says of what is wanted, null where a person is unsure, or why it says nothing. */
export type Truth = { readonly holds: boolean | null } | { readonly fault: string };

/** Holds what a person said against what is wanted of the judge: an answer of the judge or a value on its scale as the judge's own, `pass` and `fail` as they are. A form that is not known accepts what is wanted alone. */
export function truthOf(said: JudgeAnswer, form: AnswerForm | null, wanted: Wanted): Truth {
  if (typeof said === 'number') return ofNumber(said, form, wanted);
  if (said === UNSURE) return { holds: null };
  if (isWordOf(said, form, wanted)) return { holds: holdsFor(said, wanted) };
  if (said === 'pass' || said === 'fail') return { holds: said === 'pass' };
  return { fault: `The label "${said}" means nothing to the judge, ${expected(form, wanted)}` };
}

/** Whether a label is in the judge's own terms, so that it can be set beside its answer. */
export function isOwnAnswer(said: JudgeAnswer, form: AnswerForm | null, wanted: Wanted): boolean {
  return typeof said === 'number' || isWordOf(said, form, wanted);
}

function ofNumber(said: number, form: AnswerForm | null, wanted: Wanted): Truth {
  const isScale = form === null ? wanted.is === undefined : form.kind === 'scale';
  const isOn = form?.kind !== 'scale' || (said >= form.low && said <= form.high);
  if (isScale && isOn) return { holds: holdsFor(said, wanted) };
  return { fault: `The label ${said} means nothing to the judge, ${expected(form, wanted)}` };
}

function isWordOf(said: string, form: AnswerForm | null, { is = [] }: Wanted): boolean {
  return form?.kind === 'words' ? Object.hasOwn(form.words, said) : is.includes(said);
}

function expected(form: AnswerForm | null, { is }: Wanted): string {
  const words = form?.kind === 'words' ? Object.keys(form.words) : (is ?? []);
  const range = form?.kind === 'scale' ? `a number from ${form.low} to ${form.high}` : 'a number';
  const own = form?.kind === 'words' || is ? words : [range];
  return `expected ${[...new Set([...own, 'pass', 'fail'])].join(', ')} or ${UNSURE}`;
}
