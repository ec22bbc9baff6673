import { AgentopsError, messageOf } from '../errors.ts';
import type { Session } from '../live/session.ts';
import { type Attempt, MOST_TRIES } from '../llm/attempt.ts';
import { withPatience } from '../llm/patience.ts';
import { retryAfterMs } from '../llm/retry-after.ts';
import type { AgentSupport } from './agent.ts';
import { AgentBroke } from './talk.ts';

/** What is posted to an agent, and for which trial. */
export interface Post {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  /** JSON. */
  readonly body: string;
  readonly session: Session;
  readonly support: Pick<AgentSupport, 'patience'>;
}

/** Statuses that ask to come back later, or come from something before the agent. */
const LATER: readonly number[] = [429, 502, 503, 504];
/** Statuses that tell of our address or headers, and of nothing that the agent did. */
const NOT_LET_IN: readonly number[] = [401, 403, 407];
const SHOWN = 300;

/** Posts and gives the answer with status 200; waits where the endpoint is busy. Throws `AgentBroke` for any other status that the agent gives, `agent_fault` where it cannot be reached. */
export async function postPatiently(post: Post): Promise<Response> {
  const { session, support } = post;
  const { signal } = session;
  const asker = { signal, waited: (ms: number) => session.waited(ms) };
  const outcome = await withPatience(() => postOnce(post), asker, support.patience);
  if (outcome.kind === 'reply') return outcome.reply;
  throw new AgentopsError('agent_fault', `Cannot ask the agent at ${post.url}: ${outcome.why}`);
}

async function postOnce(post: Post): Promise<Attempt<Response>> {
  const response = await sent(post);
  const { status } = response;
  if (status === 200) return { kind: 'reply', reply: response };
  if (LATER.includes(status)) {
    await response.body?.cancel();
    const after = retryAfterMs(response.headers, post.support.patience.now());
    return { kind: 'later', why: `it answered with ${status}`, after, tries: MOST_TRIES };
  }
  const words = `The agent answered with ${status}: ${await beginningOf(response)}`;
  if (status < 400 || NOT_LET_IN.includes(status)) throw new AgentopsError('agent_fault', words);
  throw new AgentBroke(words);
}

/** The beginning of what it said; the rest is not read, however long it is. */
async function beginningOf({ body }: Response): Promise<string> {
  const pieces: Uint8Array[] = [];
  let size = 0;
  try {
    for await (const piece of body ?? []) {
      pieces.push(piece);
      size += piece.length;
      if (size >= SHOWN) break;
    }
  } catch {
    // the status says enough
  }
  return Buffer.concat(pieces).toString('utf8').slice(0, SHOWN);
}

async function sent({ url, headers, body, session }: Post): Promise<Response> {
  try {
    return await fetch(url, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        accept: 'application/json, text/event-stream',
        ...headers,
      },
      body,
      signal: session.signal,
      redirect: 'manual', // a header with a key must not follow to another host
    });
  } catch (thrown) {
    session.signal.throwIfAborted();
    const why = messageOf(thrown instanceof Error ? (thrown.cause ?? thrown) : thrown);
    const words = `Cannot reach the agent at ${url}: ${why}`;
    throw new AgentopsError('agent_fault', words, { cause: thrown });
  }
}
