import { canonicalJson } from '../json/canonical.ts';
import { sha256Hex } from '../json/digest.ts';
import type { JudgeSpec } from '../model/llm-judge.ts';
import { PROMPT_VERSION } from './prompt-of.ts';

/** SHA-256 of what makes a judge. */
export interface JudgeDigests {
  readonly rubric: string;
  readonly models: string;
  readonly settings: string;
}

/** Digests of a judge, so that a change of its rubric, its models or anything else about how it judges is noticed. */
export function judgeDigests(spec: JudgeSpec): JudgeDigests {
  const { rubric, models, scale, answers, votes, agree, sees, each, budget } = spec;
  const { reference, context, examples, temperature } = spec;
  const words = answers && Object.entries(answers); // in the order in which they are listed
  const asked = { scale, answers: words, votes, agree, sees, each, budget };
  const given = { reference, context, examples, temperature, prompt: PROMPT_VERSION };
  return {
    rubric: digestOf({ text: rubric.text, version: rubric.version }),
    models: digestOf(models.toSorted()),
    settings: digestOf({ ...asked, ...given }),
  };
}

/** SHA-256 of a JSON value, whatever the order of its keys. */
export function digestOf(value: unknown): string {
  return sha256Hex(canonicalJson(value));
}
