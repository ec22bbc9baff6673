import { didYouMean } from '../match/nearest-name.ts';
import type { JudgeSpec } from '../model/llm-judge.ts';
import { got } from './schema-message.ts';

/** What a judge may answer: values on a scale, or one of some words. */
export type JudgeForm = Pick<JudgeSpec, 'scale' | 'answers'>;

/** What may be said of the form of answers in a judge or in a rubric file. */
interface WrittenForm {
  readonly scale?: readonly [number, number] | undefined;
  readonly answers?: Readonly<Record<string, string>> | undefined;
}

const PASS_OR_FAIL = { pass: 'The rubric is met', fail: 'The rubric is not met' };

/** The form that the first of some says, pass or fail where none says one. */
export function formOf(...written: readonly WrittenForm[]): JudgeForm {
  const unsaid: WrittenForm = { answers: PASS_OR_FAIL };
  const said = written.find((one) => one.scale ?? one.answers) ?? unsaid;
  if (said.scale) return { scale: said.scale, answers: null };
  return { scale: null, answers: Object.assign(Object.create(null), said.answers) };
}

/** Why something is no answer of a judge, null where it is one. */
export function answerProblem(answer: unknown, { scale, answers }: JudgeForm): string | null {
  if (scale) {
    const [low, high] = scale;
    const fits = typeof answer === 'number' && answer >= low && answer <= high;
    return fits ? null : `Expected a number from ${low} to ${high}, ${got(answer)}`;
  }
  const names = Object.keys(answers ?? {});
  if (typeof answer === 'string' && names.includes(answer)) return null;
  const mend = typeof answer === 'string' ? didYouMean(answer, names) : got(answer);
  return `Expected one of its answers, ${mend}`;
}
