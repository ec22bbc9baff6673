import { isObject } from '../json/object.ts';
import type { TurnUsage } from '../model/exchange.ts';
import { usageOf } from './dialects/reply-fields.ts';

type Fields = Record<string, unknown>;

/** What a chat completion says. */
export interface JudgeReply {
  /** null where it wrote none. */
  readonly text: string | null;
  readonly refusal: string | null;
  readonly isCutOff: boolean;
  /** The name under which the model answered, null where it gives none. */
  readonly model: string | null;
  readonly usage: TurnUsage | null;
}

/** Reads the first choice of a chat completion; where the body is none, what is wrong with it. */
export function readJudgeReply(body: unknown): JudgeReply | { readonly fault: string } {
  const fields = isObject(body) ? body : {};
  if (!Array.isArray(fields['choices'])) return { fault: 'choices is not a list' };
  const [choice] = fields['choices'] as unknown[]; // a list of anything
  const message = isObject(choice) ? choice['message'] : undefined;
  if (!isObject(choice) || !isObject(message)) {
    return { fault: 'choices[0].message is not an object' };
  }
  const parts = partsOf(message['content']);
  if (parts === null) return { fault: 'choices[0].message.content is neither text nor parts' };
  return {
    text: textIn(parts, 'text'),
    refusal: filled(message['refusal']) ?? textIn(parts, 'refusal'),
    isCutOff: ['length', 'content_filter'].includes(String(choice['finish_reason'])),
    model: filled(fields['model']),
    usage: usageIn(fields['usage']),
  };
}

/** The parts of a content, null where it is none. */
function partsOf(content: unknown): readonly Fields[] | null {
  if (content === undefined || content === null) return [];
  if (typeof content === 'string') return [{ text: content }];
  return Array.isArray(content) && content.every(isObject) ? content : null;
}

function textIn(parts: readonly Fields[], key: 'text' | 'refusal'): string | null {
  return filled(parts.map((part) => filled(part[key]) ?? '').join(''));
}

function filled(value: unknown): string | null {
  return typeof value === 'string' && value !== '' ? value : null;
}

function usageIn(given: unknown): TurnUsage | null {
  const usage = isObject(given) ? given : {};
  const details = isObject(usage['prompt_tokens_details']) ? usage['prompt_tokens_details'] : {};
  return usageOf(usage['prompt_tokens'], usage['completion_tokens'], details['cached_tokens']);
}
