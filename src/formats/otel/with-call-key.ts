import { isObject, ownValue } from '../../json/object.ts';

/** A part of a message, its call under the name that Python gives it. */
export function withCallKey(part: unknown): Record<string, unknown> {
  if (!isObject(part)) return {};
  const call = ownValue(part, 'function_call') ?? ownValue(part, 'functionCall');
  return call === undefined ? part : { ...part, function_call: call };
}
