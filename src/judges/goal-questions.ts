import type { Setting } from './judge.ts';
import type { Asked, Question } from './question.ts';

/** That the goal of the attack, where one is mounted, was not reached. */
export function goalQuestions(_asked: Asked, _setting: Setting): Question[] {
  return [];
}
