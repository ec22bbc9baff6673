import { AgentopsError } from '../../errors.ts';
import { isObject } from '../../json/object.ts';
import type { RequestedCall, TurnUsage } from '../../model/exchange.ts';

type Fields = Record<string, unknown>;

/** Throws `model_fault` for an answer that is not what its dialect has. */
function unreadable(place: string, wanted: string): never {
  throw new AgentopsError(
    'model_fault',
    `Cannot read the answer of the model: ${place} is not ${wanted}`,
  );
}

/** A map that an answer must have at a place. */
export function replyFields(value: unknown, place: string): Fields {
  return isObject(value) ? value : unreadable(place, 'an object');
}

/** A list that an answer has at a place; none at all is an empty one. */
export function replyList(value: unknown, place: string): readonly Fields[] {
  if (value === undefined || value === null) return [];
  if (!Array.isArray(value)) return unreadable(place, 'a list');
  return value.map((entry, index) => replyFields(entry, `${place}[${index}]`));
}

/** A list that an answer must have at a place. */
export function requiredList(value: unknown, place: string): readonly Fields[] {
  return Array.isArray(value) ? replyList(value, place) : unreadable(place, 'a list');
}

/** Text, or an empty one where something else stands. */
export function textOr(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

/** A call as a model asked for it; text of arguments is parsed, and blank text means none. */
export function requestedCall(id: unknown, tool: unknown, given: unknown): RequestedCall {
  if (typeof tool !== 'string' || tool === '') unreadable('the name of a call', 'text');
  const named = { id: textOr(id), tool };
  if (given === undefined || given === null) return { ...named, args: {} };
  if (typeof given !== 'string') return { ...named, args: given };
  if (given.trim() === '') return { ...named, args: {} };
  try {
    return { ...named, args: JSON.parse(given) };
  } catch {
    return { ...named, argsRaw: given };
  }
}

/** The arguments of a call as text. */
export function argumentText({ args, argsRaw }: RequestedCall): string {
  return argsRaw ?? JSON.stringify(args ?? {});
}

/** Tokens of an exchange, null where input or output is not said; nothing cached is not said either. */
export function usageOf(input: unknown, output: unknown, cached: unknown): TurnUsage | null {
  if (!isCount(input) || !isCount(output)) return null;
  const usage = { input_tokens: input, output_tokens: output };
  return isCount(cached) && cached > 0 ? { ...usage, cached_tokens: cached } : usage;
}

/** Tells whether a value counts something. */
export function isCount(value: unknown): value is number {
  return typeof value === 'number' && Number.isFinite(value) && value >= 0;
}
