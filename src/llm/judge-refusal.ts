import { isObject } from '../json/object.ts';
import { type Attempt, MOST_TRIES } from './attempt.ts';
import type { Endpoint } from './endpoint-for.ts';
import { retryAfterMs } from './retry-after.ts';
import { withoutSecrets } from './without-secrets.ts';

/** An answer with a status that is not 2xx. */
export interface Refusal {
  readonly status: number;
  readonly headers: Headers;
  /** The body as JSON, undefined where it is none. */
  readonly body: unknown;
}

const LONGEST = 200;

/** Tells what a refusal means: the agent's own mistake, trouble that may pass, or a fault that stays. */
export function judgeRefusal(refusal: Refusal, endpoint: Endpoint, now: number): Attempt {
  const { status, headers, body } = refusal;
  if (status >= 300 && status < 400) return forGood(redirected(status, headers));
  if (status === 401 || status === 403) return forGood(`status ${status}, ${refused(endpoint)}`);
  const words = `status ${status}${saidIn(body)}`;
  if (isOutOfMoney(status, body)) {
    return forGood(`${words}; expected an account with quota left`);
  }
  if (status === 408 || status === 409 || status === 429 || status >= 500) {
    return { kind: 'later', why: words, after: retryAfterMs(headers, now), tries: MOST_TRIES };
  }
  if (status >= 400 && isObject(body)) {
    const shown: unknown = JSON.parse(withoutSecrets(JSON.stringify(body), endpoint.secrets));
    return { kind: 'reply', reply: { status, body: shown } };
  }
  return never(
    `${words}, and its body is no JSON object; expected the address of a model endpoint, such as one that ends in /v1`,
  );
}

function never(why: string): Attempt {
  return { kind: 'never', why };
}

/** What the next request would be told as well. */
function forGood(why: string): Attempt {
  return { kind: 'never', why, lasting: Number.POSITIVE_INFINITY };
}

function refused({ keyName }: Endpoint): string {
  return keyName === null
    ? 'it wants a key and none is configured; set OPENAI_API_KEY (ANTHROPIC_API_KEY), or name its variable with key_env in agentops.config.yaml'
    : `the key in ${keyName} was refused; expected one that may use this model`;
}

function redirected(status: number, headers: Headers): string {
  const target = headers.get('location') ?? '';
  const place = URL.canParse(target) ? ` to ${new URL(target).host}` : '';
  return `status ${status}, it redirects${place}, which is not followed as it would hand on the key; expected the final address in base_url`;
}

/** Quota that no waiting brings back. */
function isOutOfMoney(status: number, body: unknown): boolean {
  if (status === 402) return true;
  const error = errorOf(body);
  const marks = [error['code'], error['type']];
  if (marks.includes('insufficient_quota') || marks.includes('billing_error')) return true;
  return status === 400 && /credit balance is too low/i.test(String(error['message'] ?? ''));
}

function errorOf(body: unknown): Record<string, unknown> {
  const error = isObject(body) ? body['error'] : undefined;
  return isObject(error) ? error : {};
}

/** What an endpoint says of its refusal, in brackets and as much of it as a line holds; empty where it says nothing. */
export function saidIn(body: unknown): string {
  const { message } = errorOf(body);
  if (typeof message !== 'string' || message.trim() === '') return '';
  const line = message.replace(/\s+/g, ' ').trim();
  return ` (${line.length > LONGEST ? `${line.slice(0, LONGEST)}…` : line})`;
}
