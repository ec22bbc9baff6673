import type { ErrorFacts } from './dialect-codec.ts';

/** Body of an error of an OpenAI endpoint. */
export function openaiError(status: number, facts: ErrorFacts): Record<string, unknown> {
  const { message, code = null, type = openaiType(status) } = facts;
  return { error: { message, type, param: null, code } };
}

/** Body of an error of an Anthropic endpoint; a code stands beside its type. */
export function anthropicError(status: number, facts: ErrorFacts): Record<string, unknown> {
  const { message, code, type = anthropicType(status) } = facts;
  const coded = code === undefined || code === null ? {} : { code };
  return { type: 'error', error: { type, message, ...coded }, request_id: null };
}

function openaiType(status: number): string {
  if (status === 429) return 'rate_limit_error';
  return status >= 500 ? 'server_error' : 'invalid_request_error';
}

const anthropicTypes: ReadonlyMap<number, string> = new Map([
  [401, 'authentication_error'],
  [403, 'permission_error'],
  [404, 'not_found_error'],
  [413, 'request_too_large'],
  [429, 'rate_limit_error'],
  [529, 'overloaded_error'],
]);

function anthropicType(status: number): string {
  return anthropicTypes.get(status) ?? (status >= 500 ? 'api_error' : 'invalid_request_error');
}
