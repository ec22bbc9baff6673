import { AgentopsError, messageOf } from '../errors.ts';
import type { Session } from '../live/session.ts';
import type { Attempt } from '../llm/attempt.ts';
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

/** Posts and gives the answer with status 200; waits where the endpoint is busy. Throws `AgentBroke` for any other status that the agent gives, `agent_fault` where it cannot be reached. */
export async function postPatiently(post: Post): Promise<Response> {
  const { session, support } = post;
  const { task, trial } = session.trial;
  const asker = {
    task,
    trial,
    key: session,
    signal: session.signal,
    waited: (ms: number) => session.waited(ms),
  };
  const answers: Response[] = [];
  const outcome = await withPatience(() => attempt(post, answers), asker, support.patience);
  const [answer] = answers;
  if (answer) return answer;
  const why = outcome.kind === 'never' ? outcome.why : 'it did not answer';
  throw new AgentopsError('agent_fault', `Cannot reach the agent at ${post.url}: ${why}`);
}
