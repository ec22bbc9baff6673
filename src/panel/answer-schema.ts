import type { AnswerForm } from './answer-form.ts';

/** JSON Schema of a verdict, in the narrow dialect of strict outputs: every key required, no other allowed, the reason written before the answer. */
export function answerSchema(form: AnswerForm): Readonly<Record<string, unknown>> {
  return {
    type: 'object',
    properties: {
      nonce: { type: 'string' },
      reason: { type: 'string' },
      steps: { type: 'array', items: { type: 'integer' } },
      answer:
        form.kind === 'words'
          ? { type: 'string', enum: Object.keys(form.words) }
          : { type: 'number', minimum: form.low, maximum: form.high },
    },
    required: ['nonce', 'reason', 'steps', 'answer'],
    additionalProperties: false,
  };
}
