import * as z from 'zod';
import { type JudgeKind, undecided as leftOpen } from './judge.ts';

/** What no trajectory can tell: an error with its reason, so that such a trial is counted and never passes. */
export const undecided: JudgeKind = {
  key: 'undecided',
  kind: 'rule',
  words: 'Why it cannot be decided from a trajectory; always an error, so that it never passes',
  schema: z.string().trim().min(1, { error: 'Say why it cannot be decided' }),
  prepare: (value) => {
    const outcome = leftOpen(String(value));
    return [{ suffix: [], needsCalls: false, judge: () => outcome }];
  },
};
