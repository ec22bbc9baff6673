import type { Expectations } from '../model/expectations.ts';
import { goalQuestions } from './goal-questions.ts';
import type { Setting } from './judge.ts';
import { policyQuestions } from './policy-questions.ts';
import { type Asked, type Question, weightOf } from './question.ts';

/** Compiles everything that is asked; that it ended well is asked of every trial. */
export function questionsOf(asked: Asked, setting: Setting): Question[] {
  const required = [
    ...ask('expect', asked.expect, true, asked, setting),
    ...ask('suite.expect', asked.suite?.expect, true, asked, setting),
    ...ask('', asked.limits && { limits: asked.limits }, true, asked, setting),
    ...ask('suite', asked.suite?.limits && { limits: asked.suite.limits }, true, asked, setting),
  ];
  const stops = [asked.expect, asked.suite?.expect].some(
    (one) => one && Object.hasOwn(one, 'stop'),
  );
  const implied = stops ? [] : ask('expect', { stop: 'completed' }, true, asked, setting);
  return [
    ...implied.map((question) => ({ ...question, weight: 0 })),
    ...required,
    ...askTurns(asked, setting),
    ...policyQuestions(asked, setting),
    ...goalQuestions(asked, setting),
    ...ask('prefer', asked.prefer, false, asked, setting),
  ];
}

/** What is asked of single turns; the whole path of such a verdict is the name of its weight. */
function askTurns(asked: Asked, setting: Setting): Question[] {
  const turns = asked.conversation ?? [];
  const users = turns.map(({ user }) => user);
  return turns.flatMap(({ expect }, index) => {
    const root = `conversation.${index}.expect`;
    return ask(root, expect, true, asked, setting).map((question) => {
      const weight = weightOf(question.path, asked.weights);
      return { ...question, weight, turn: { index, users } };
    });
  });
}

function ask(
  root: string,
  expectations: Expectations | undefined,
  required: boolean,
  asked: Asked,
  setting: Setting,
): Question[] {
  if (!expectations) return [];
  return setting.judges.flatMap((judge) => {
    if (!Object.hasOwn(expectations, judge.key)) return [];
    return judge.prepare(expectations[judge.key], setting).map((prepared) => {
      const name = [judge.key, ...prepared.suffix].join('.');
      const path = root === '' ? name : `${root}.${name}`;
      const weight = weightOf(name, asked.weights);
      const aboutStop = judge.key === 'stop';
      return { path, kind: judge.kind, required, aboutStop, weight, prepared, turn: null };
    });
  });
}
