import { AgentopsError, messageOf } from '../errors.ts';
import { type OpenSession, openSession } from '../live/open-session.ts';
import { type Session, TrialHalted } from '../live/session.ts';
import type { Suite } from '../model/suite.ts';
import type { Step, TrajectoryEnd } from '../model/trajectory.ts';
import type { AgentSupport, DriveEnd, Driver, DriveTask, ModelSettings } from './agent.ts';
import { AgentBroke, type StartTalk, type Talk } from './talk.ts';
import { userOf } from './user/user-of.ts';

/** What the trials of one live agent share. */
export interface LiveSetting {
  readonly suite: Suite;
  readonly support: AgentSupport;
  readonly entry: ModelSettings;
  readonly start: StartTalk;
}

/** Drives agents that run: a session for each trial, a user who speaks, and an end that says how it came. */
export async function liveDriver(setting: LiveSetting): Promise<Driver> {
  const { suite, support, entry } = setting;
  const [host, source] = await Promise.all([support.host(), support.modelsOf(entry)]);
  return async (task, { signal }) => {
    const world = task.stated.world ?? suite.world ?? null;
    const session = openSession({
      trial: task,
      tools: suite.tools,
      mocks: host.start(world ?? {}),
      source,
      ceilings: task.ceilings,
      costOf: support.costOf,
      spend: support.spend,
      needsCost: support.needsCost,
      now: support.now,
      after: support.after,
      signal,
    });
    try {
      const came = withWorld(await outcomeOf(setting, task, session), session, world !== null);
      return { ...came, steps: session.steps as Step[] }; // closed: nobody adds to them
    } finally {
      session.close();
    }
  };
}

/** Adds the final world, where the suite has one; a world that cannot be told makes the trial an error. */
function withWorld(came: Came, session: OpenSession, wanted: boolean): Came {
  if (!wanted) return came;
  try {
    return { ...came, end: { ...came.end, world: session.world() } };
  } catch (thrown) {
    const fault = thrown instanceof Error ? thrown : new Error(messageOf(thrown));
    return { ...came, end: { stop: null }, fault: came.fault ?? fault };
  }
}

type Came = Pick<DriveEnd, 'end' | 'fault' | 'interrupted' | 'near'>;

async function outcomeOf(
  setting: LiveSetting,
  task: DriveTask,
  session: OpenSession,
): Promise<Came> {
  let talk: Talk | null = null;
  let thrown: unknown;
  try {
    session.signal.throwIfAborted();
    talk = await setting.start(task, session);
    await untilHalted(session, converse(setting, task, session, talk));
  } catch (caught) {
    thrown = caught;
  }
  await talk?.close();
  const end = endOf(session, thrown);
  const near = session.near();
  if (talk && !talk.watched() && end.end.stop !== null) end.end.calls = 'not_captured';
  return { ...end, near };
}

/** The user and the agent in turn, until the user has nothing more to say. */
async function converse(
  setting: LiveSetting,
  task: DriveTask,
  session: OpenSession,
  talk: Talk,
): Promise<void> {
  const user = await userOf(setting, task, session);
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
  let stop = () => undefined as void;
  const halted = new Promise<never>((_, reject) => {
    stop = () => reject(signal.reason);
    signal.addEventListener('abort', stop, { once: true });
  });
  work.catch(() => undefined); // whoever lost the race may still fail
  try {
    await Promise.race([work, halted]);
  } finally {
    signal.removeEventListener('abort', stop);
  }
}

/** How the trial ended: what halted it comes first, as it may be the cause of all that was thrown. */
function endOf(session: OpenSession, thrown: unknown): Pick<Came, 'end' | 'fault' | 'interrupted'> {
  const halt = session.halted() ?? (thrown instanceof TrialHalted ? thrown.halt : null);
  if (halt?.kind === 'limit') {
    return { end: stopped('limit', halt.reason, { limit: halt.limit }) };
  }
  if (halt?.kind === 'interrupted') return { end: { stop: null }, interrupted: true };
  if (halt?.kind === 'fault') return { end: { stop: null }, fault: halt.error };
  if (thrown === undefined) return { end: { stop: 'completed' } };
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
