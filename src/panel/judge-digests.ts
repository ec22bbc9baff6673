import { canonicalJson } from '../json/canonical.ts';
import { sha256Hex } from '../json/digest.ts';
import type { JudgeSpec } from '../model/llm-judge.ts';

/** SHA-256 of what makes a judge, in three parts: what it is told, the models that answer, and how they are asked and counted. */
export function judgeDigests(spec: JudgeSpec): {
  rubric: string;
  models: string;
  settings: string;
} {
  const { rubric, scale, answers, context, examples, reference } = spec;
  const { models, votes, agree, sees, each, budget, temperature } = spec;
  const { text, version } = rubric;
  return {
    rubric: digest({ text, version, scale, answers, context, examples, reference }),
    models: digest(models),
    settings: digest({ votes, agree, sees, each, budget, temperature }),
  };
}

function digest(value: unknown): string {
  return sha256Hex(canonicalJson(value));
}
