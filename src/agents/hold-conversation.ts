import { AgentopsError, messageOf } from '../errors.ts';
import { onAbort } from '../io/on-abort.ts';
import type { OpenSession } from '../live/open-session.ts';
import type { Session } from '../live/session.ts';
import type { TrajectoryEnd } from '../model/trajectory.ts';
import type { DriveEnd } from './agent.ts';
import { AgentBroke, type Talk } from './talk.ts';
import type { UserSide } from './user/user-side.ts';

/** What a conversation came to. */
export type Came = Pick<DriveEnd, 'end' | 'fault' | 'interrupted' | 'near'>;

/** The two sides of a conversation. */
export interface Sides {
  readonly session: OpenSession;
  readonly user: () => Promise<UserSide>;
  readonly start: () => Promise<Talk>;
}

/** Lets user and agent speak in turn until the user has nothing more to say or the trial is stopped; whatever goes wrong, the agent is closed and the end says why. */
export async function holdConversation({ session, user, start }: Sides): Promise<Came> {
  let talk: Talk | null = null;
  let caught: { thrown: unknown } | null = null;
  try {
    session.signal.throwIfAborted();
    talk = await start();
    await untilHalted(session, converse(session, await user(), talk));
  } catch (thrown) {
    caught = { thrown }; // whatever it is: undefined can be thrown, too
  }
  await talk?.close();
  await session.settle();
  const end = endOf(session, caught);
  const near = session.near();
  if (talk && !talk.watched() && end.end.stop !== null) end.end.calls = 'not_captured';
  return { ...end, near };
}

/** The user and the agent in turn, until the user has nothing more to say. */
async function converse(session: OpenSession, user: UserSide, talk: Talk): Promise<void> {
  for (;;) {
    const said = await user.next(session.steps, session.signal);
    if (said === null) break;
    const content = typeof said === 'string' ? said : JSON.stringify(said);
    session.record({ type: 'message', role: 'user', content });
    await talk.hear(said);
    session.signal.throwIfAborted();
  }
  await talk.over();
}

/** Waits for work, but no longer than the trial goes on. */
async function untilHalted(session: Session, work: Promise<void>): Promise<void> {
  const { signal } = session;
  let forget: () => void = () => undefined;
  const halted = new Promise<never>((_, reject) => {
    forget = onAbort(signal, () => reject(signal.reason));
  });
  work.catch(() => undefined); // whoever lost the race may still fail
  try {
    await Promise.race([work, halted]);
  } finally {
    forget();
  }
}

/** How the trial ended: what halted it comes first, as it may be the cause of all that was thrown. */
function endOf(
  session: OpenSession,
  caught: { readonly thrown: unknown } | null,
): Pick<Came, 'end' | 'fault' | 'interrupted'> {
  const halt = session.halted();
  if (halt?.kind === 'limit') {
    return { end: stopped('limit', halt.reason, { limit: halt.limit }) };
  }
  if (halt?.kind === 'terminated') return { end: stopped('terminated', halt.reason) };
  if (halt?.kind === 'interrupted') return { end: { stop: null }, interrupted: true };
  if (halt?.kind === 'fault') return { end: { stop: null }, fault: halt.error };
  if (!caught) return { end: { stop: 'completed' } };
  const { thrown } = caught;
  if (thrown instanceof AgentBroke) return { end: stopped('agent_error', thrown.message) };
  const words = `Cannot run the trial: ${messageOf(thrown)}`;
  const fault =
    thrown instanceof AgentopsError
      ? thrown
      : new AgentopsError('internal', words, { cause: thrown });
  return { end: { stop: null }, fault };
}

function stopped(
  stop: NonNullable<TrajectoryEnd['stop']>,
  reason: string,
  more: { limit?: string } = {},
): TrajectoryEnd {
  return { stop, ...more, stop_reason: reason };
}
