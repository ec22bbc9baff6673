import { AgentopsError, messageOf } from '../errors.ts';
import { onAbort } from '../io/on-abort.ts';
import { isObject } from '../json/object.ts';
import { type Attempt, MOST_TRIES, TRIES_IN_TIME } from './attempt.ts';
import type { Endpoint } from './endpoint-for.ts';
import { judgeRefusal } from './judge-refusal.ts';
import { type Post, Refused } from './open-client.ts';
import { withoutSecrets } from './without-secrets.ts';

/** What one try is made with. */
export interface TryOptions {
  readonly post: Post;
  /** Of the trial. */
  readonly signal: AbortSignal;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /** Milliseconds that a whole answer may take. */
  readonly timeoutMs: number;
}

/** Names of hosts and certificates do not mend themselves. */
const LASTING =
  /^(?:ENOTFOUND|ERR_INVALID_URL|ERR_TLS_|ERR_SSL_WRONG_VERSION_|ERR_MODULE_|CERT_|DEPTH_ZERO_|SELF_SIGNED_|UNABLE_TO_)/;

/** Keys of which each dialect has one in an answer. */
const CONTENTS = ['choices', 'output', 'content'];

/** Asks an endpoint once. Throws only the reason of the signal, once that is aborted. */
export async function tryOnce(
  endpoint: Endpoint,
  body: object,
  { post, signal, now, timeoutMs }: TryOptions,
): Promise<Attempt> {
  signal.throwIfAborted();
  const own = new AbortController();
  const forget = onAbort(signal, () => own.abort());
  const timer = setTimeout(() => own.abort(), timeoutMs);
  try {
    const text = await post(endpoint, body, { signal: own.signal, timeoutMs });
    signal.throwIfAborted();
    return judgeAnswer(withoutSecrets(text, endpoint.secrets));
  } catch (thrown) {
    signal.throwIfAborted();
    if (thrown instanceof Refused) return judgeRefusal(thrown.refusal, endpoint, now());
    if (own.signal.aborted) {
      const why = `no answer came within ${timeoutMs / 1000} s`;
      return { kind: 'later', why, after: null, tries: TRIES_IN_TIME };
    }
    return judgeBreak(thrown);
  } finally {
    clearTimeout(timer);
    forget();
  }
}

/** What the text of a successful answer means. */
function judgeAnswer(text: string): Attempt {
  if (text.trim() === '') return odd('its answer is empty');
  let body: unknown;
  try {
    body = JSON.parse(text);
  } catch {
    const start = JSON.stringify(text.slice(0, 60));
    return odd(`its answer is no JSON or is cut off: it begins with ${start}`);
  }
  if (!isObject(body)) return odd(`its answer is ${Array.isArray(body) ? 'a list' : typeof body}`);
  const isError = isObject(body['error']) && !CONTENTS.some((key) => Object.hasOwn(body, key));
  if (isError) return odd(`its answer is an error with status 200: ${JSON.stringify(body)}`);
  return { kind: 'reply', reply: { status: 200, body } };
}

function odd(why: string): Attempt {
  const line = why.length > 300 ? `${why.slice(0, 300)}…` : why;
  return { kind: 'never', why: `${line}; expected one JSON object` };
}

/** What a broken connection means. */
function judgeBreak(thrown: unknown): Attempt {
  if (thrown instanceof AgentopsError) return { kind: 'never', why: thrown.message };
  const chain = causesOf(thrown);
  const code = chain.map((error) => String((error as NodeJS.ErrnoException).code ?? '')); // only read
  const known = code.find((text) => text !== '');
  const words = `the connection failed: ${known ?? messageOf(chain.at(-1) ?? thrown)}`;
  const isProgramming = thrown instanceof TypeError && known === undefined && chain.length === 1;
  if (code.some((text) => LASTING.test(text))) {
    return { kind: 'never', why: words, lasting: Number.POSITIVE_INFINITY };
  }
  if (isProgramming) return { kind: 'never', why: words };
  return { kind: 'later', why: words, after: null, tries: MOST_TRIES };
}

/** An error with what caused it, outermost first. */
function causesOf(thrown: unknown): Error[] {
  const chain: Error[] = [];
  for (let at = thrown; at instanceof Error && chain.length < 10; at = at.cause) chain.push(at);
  return chain;
}
