import { isObject } from '../json/object.ts';
import type { ModelStep } from '../model/trajectory.ts';

/** The exchange with a model that a message or a whole record tells of; null where it tells nothing. */
export function modelStep(told: Readonly<Record<string, unknown>>): ModelStep | null {
  const { model } = told;
  const usage = isObject(told['usage']) ? usageOf(told['usage']) : null;
  const cost = [told['cost_usd'], told['cost']].find((value) => typeof value === 'number');
  if (typeof model !== 'string' && usage === null && cost === undefined) return null;
  return {
    type: 'model',
    ...(typeof model === 'string' && { model }),
    ...(usage !== null && { usage }),
    ...(typeof cost === 'number' && { cost_usd: cost }),
  };
}

/** Tokens under their names in chat completions, or in responses. */
function usageOf(usage: Record<string, unknown>): ModelStep['usage'] {
  const details = usage['prompt_tokens_details'] ?? usage['input_tokens_details'];
  const figures = {
    input_tokens: usage['prompt_tokens'] ?? usage['input_tokens'],
    output_tokens: usage['completion_tokens'] ?? usage['output_tokens'],
    cached_tokens: isObject(details) ? details['cached_tokens'] : undefined,
  };
  const known = Object.entries(figures).filter(([, value]) => typeof value === 'number');
  return known.length === 0 ? null : Object.fromEntries(known);
}
