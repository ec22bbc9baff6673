import type { Redact } from '../llm/redacted-copy.ts';
import type { JudgeSpec } from '../model/llm-judge.ts';

/** A judge without secrets in what its author tells a model; what it may answer stays as it is. */
export function redactedSpec(spec: JudgeSpec, redact: Redact): JudgeSpec {
  const { rubric, reference, context, examples, answers } = spec;
  const meanings = Object.entries(answers ?? {}).map(([word, meaning]) => [word, redact(meaning)]);
  return {
    ...spec,
    rubric: { ...rubric, text: redact(rubric.text) },
    reference: reference && redact(reference),
    context: context && redact(context),
    examples: examples.map(({ given, answer, reason }) => ({
      ...{ given: redact(given), answer },
      ...(reason !== undefined && { reason: redact(reason) }),
    })),
    answers: answers && Object.fromEntries(meanings),
  };
}
