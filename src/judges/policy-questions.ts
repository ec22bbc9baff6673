import type { Setting } from './judge.ts';
import type { Asked, Question } from './question.ts';

/** What a policy asks of each trial: `policy.tools`, `policy.actors`, `policy.deny`, `policy.approve`. */
export function policyQuestions(_asked: Asked, _setting: Setting): Question[] {
  return [];
}
