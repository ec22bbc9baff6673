import * as z from 'zod';
import type { Wanted } from '../model/llm-judge.ts';
import { type JudgeKind, undecided } from './judge.ts';

/** An LLM judge of the suite decides. */
export const llmJudge: JudgeKind = {
  key: 'judge',
  kind: 'judge',
  words: 'LLM judges by name, with what each must answer',
  schema: z.record(z.string(), z.looseObject({})),
  prepare: (value, { desk }) =>
    Object.entries(value as Record<string, Wanted>).map(([name, wanted]) => ({
      // validated
      suffix: [name],
      needsCalls: false,
      judge: (view) => desk?.judge(name, wanted, view) ?? undecided('No judge can be asked here'),
    })),
};
