import * as z from 'zod';
import { flip } from '../match/tri.ts';
import type { View } from '../match/view.ts';
import type { Outcome } from '../model/verdict.ts';
import { mapOf } from '../suite/map-of.ts';
import { failed, type JudgeKind, type Prepared, passed, type Setting, undecided } from './judge.ts';
import { itemsOf } from './parts-of.ts';
import { prepareExpectations } from './prepare.ts';

/** None of these expectations holds; unknowns read the other way round inside. */
export const not: JudgeKind = {
  key: 'not',
  kind: 'rule',
  words: 'None of these expectations holds',
  // the suite schema replaces this by a list of its own expectations
  schema: z.array(mapOf(z.unknown())).min(1),
  verdicts: (value) => itemsOf(value).map(({ index }) => [index]),
  prepare: (value, setting) => {
    const inner: Setting = { ...setting, reading: flip(setting.reading) };
    return (value as Record<string, unknown>[]).map((expectations, index): Prepared => {
      // validated
      const questions = prepareExpectations(expectations, inner);
      return {
        suffix: [index],
        needsCalls: questions.some((one) => one.needsCalls),
        judge: (view) => judgeNot(questions, view),
      };
    });
  },
};

async function judgeNot(questions: readonly Prepared[], view: View): Promise<Outcome> {
  const outcomes: Outcome[] = [];
  for (const one of questions) outcomes.push(await one.judge(view));
  const broken = outcomes.find((one) => one.status === 'fail');
  if (broken) return passed(`It does not hold: ${broken.reason}`, broken.evidence);
  const unclear = outcomes.find((one) => one.status === 'error');
  if (unclear) return undecided(unclear.reason, unclear.evidence);
  const reasons = outcomes.map((one) => one.reason).join('; ');
  return failed(`It holds, and must not: ${reasons}`, [
    ...new Set(outcomes.flatMap((one) => one.evidence)),
  ]);
}
