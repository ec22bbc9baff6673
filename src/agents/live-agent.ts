import { messageOf } from '../errors.ts';
import { isObject } from '../json/object.ts';
import { type OpenSession, openSession } from '../live/open-session.ts';
import { policyGuard } from '../live/policy-guard.ts';
import type { ModelSource } from '../llm/model-source.ts';
import type { Suite } from '../model/suite.ts';
import type { Step } from '../model/trajectory.ts';
import { plantOf } from '../safety/attacks/plant.ts';
import { toldCanaries } from '../safety/flow/canary-texts.ts';
import { loopStops } from '../safety/loops/loop-stop.ts';
import type { ToolHost } from '../tools/tool-host.ts';
import type {
  AgentSupport,
  DriveContext,
  DriveEnd,
  DriveTask,
  ModelSettings,
  OpenAgent,
} from './agent.ts';
import { type Came, holdConversation } from './hold-conversation.ts';
import type { StartTalk } from './talk.ts';
import { tellingUser } from './user/telling-user.ts';
import { userOf } from './user/user-of.ts';

/** What the trials of one live agent share. */
export interface LiveSetting {
  readonly suite: Suite;
  readonly support: () => AgentSupport;
  readonly entry: ModelSettings;
  /** Gets what starts its trials. */
  readonly begin: (support: AgentSupport) => Promise<StartTalk>;
  /** It tells its agent of canaries itself; else the user does, below the first thing that is said. */
  readonly tellsCanaries?: true;
}

/** What is there once an agent was prepared. */
interface Prepared {
  readonly suite: Suite;
  readonly support: AgentSupport;
  readonly host: ToolHost;
  readonly source: ModelSource;
  readonly start: StartTalk;
  readonly tellsCanaries: boolean;
}

/** An agent that runs anew for each trial: a session, a user who speaks, and an end that says how it came. */
export function liveAgent(setting: LiveSetting): OpenAgent {
  let preparing: Promise<Prepared> | null = null;
  const prepared = () => {
    preparing ??= prepare(setting);
    return preparing;
  };
  return {
    isLive: true,
    prepare: async () => void (await prepared()),
    drive: async (task, context) => drive(await prepared(), task, context),
    // nothing of it is recorded trial by trial
    recorded: () => null,
    unreadableTrials: () => [],
    unreadable: [],
    source: null,
    leftOver: () => [],
    recordings: {},
    close: () => undefined,
  };
}

async function prepare(setting: LiveSetting): Promise<Prepared> {
  const { suite, support: get, entry, begin, tellsCanaries = false } = setting;
  const support = get();
  const start = await begin(support);
  const [host, source] = [await support.host(), await support.modelsOf(entry)];
  return { suite, support, start, host, source, tellsCanaries };
}

async function drive(
  { suite, support, host, source, start, tellsCanaries }: Prepared,
  task: DriveTask,
  { signal }: DriveContext,
): Promise<DriveEnd> {
  const { world, safety, stated } = task;
  const { attack } = safety;
  const { sleep } = support.patience;
  const session = openSession({
    ...support,
    trial: task,
    tools: suite.tools,
    mocks: host.start(world ?? {}),
    source,
    ceilings: task.ceilings,
    ...(attack && { plant: plantOf(attack, modelOf(suite, task.agent)) }),
    guard: policyGuard({ ...safety, ...support, sleep, input: stated.input }),
    watchers: loopStops([suite.expect, task.stated.expect], suite.tools),
    signal,
  });
  try {
    const { canaries, secrets } = task.safety;
    const told = tellsCanaries ? null : toldCanaries(canaries, secrets);
    const user = async () => tellingUser(await userOf(support, task, session), told);
    const came = await holdConversation({ session, user, start: () => start(task, session) });
    const ended = world === null ? came : withWorld(came, session);
    return { ...ended, steps: session.steps as Step[] }; // closed: nobody adds to them
  } finally {
    session.close();
  }
}

/** Adds the final world; one that cannot be told makes the trial an error. */
function withWorld(came: Came, session: OpenSession): Came {
  try {
    return { ...came, end: { ...came.end, world: session.world() } };
  } catch (thrown) {
    const fault = thrown instanceof Error ? thrown : new Error(messageOf(thrown));
    return { ...came, end: { stop: null }, fault: came.fault ?? fault };
  }
}

/** Name of the model that an agent says it is, null where its settings name none. */
function modelOf({ agents }: Suite, agent: string): string | null {
  const config = agents.find(({ name }) => name === agent)?.config;
  const model = isObject(config) ? config['model'] : undefined;
  return typeof model === 'string' ? model : null;
}
