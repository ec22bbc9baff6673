import { stat } from 'node:fs/promises';
import path from 'node:path';
import { AgentopsError } from '../errors.ts';
import type { Session } from '../live/session.ts';
import type { AgentEntry, Suite } from '../model/suite.ts';
import type { Mounted } from '../serve/server.ts';
import type { AgentKind, AgentSupport, DriveTask } from './agent.ts';
import { type CommandConfig, commandConfig, commandSchema } from './command-schema.ts';
import { LinesTalk } from './lines-talk.ts';
import { liveAgent } from './live-agent.ts';
import { plainTalk } from './plain-talk.ts';
import { agentEnvironment } from './process/agent-environment.ts';
import type { Program, TakeLine } from './process/program.ts';
import { startProgram } from './process/start-program.ts';
import { makeTrialFolder, type TrialFolder } from './process/trial-folder.ts';
import type { StartTalk, Talk } from './talk.ts';

/** Any program, with or without our protocol. */
export const command: AgentKind = {
  key: 'command',
  words: 'A program, started in the folder of the suite',
  schema: commandSchema,
  variables: (config, environment) =>
    commandConfig(config).env.filter((name) => isTelling(name, environment[name] ?? '')),
  open: async (entry, suite, support) =>
    liveAgent({ suite, support, entry, begin: (given) => startOf(entry, suite, given) }),
};

async function startOf(
  { name, config }: AgentEntry,
  suite: Suite,
  support: AgentSupport,
): Promise<StartTalk> {
  const settings = commandConfig(config);
  const cwd = await folderOf(name, settings, suite);
  refuseUnsetVariables(name, settings, support);
  return async (task, session) => {
    const mounted = await support.serve(session);
    const folder = await makeTrialFolder();
    const { home, temp } = folder;
    const [file = '', ...args] = settings.run;
    const begin = (argument: string | null, onLine?: TakeLine): Program =>
      startProgram({
        program: [file, ...args, ...(argument === null ? [] : [argument])],
        cwd: cwd ?? folder.cwd,
        env: agentEnvironment({
          ...{ given: support.environment, names: settings.env, home, temp },
          endpoints: { ...mounted.environment(), AGENTOPS_EVAL_TRIAL_ID: task.id },
        }),
        // A name of its own, as an agent may itself be an agentops that marks its agents
        marker: { name: `AGENTOPS_EVAL_TRIAL_${task.id}`, value: path.basename(mounted.url) },
        signal: session.signal,
        ...(onLine && { onLine }),
      });
    const talk = talkOf(settings, begin, task, session, support);
    return closing(talk, mounted, folder);
  };
}

/** Where the program is started; null for a fresh folder in each trial. Throws `usage` where there is no such folder. */
async function folderOf(
  agent: string,
  { cwd = '.' }: CommandConfig,
  { file }: Suite,
): Promise<string | null> {
  if (cwd === 'temp') return null;
  const folder = path.resolve(path.dirname(file), cwd);
  const found = await stat(folder).catch(() => null);
  if (found?.isDirectory()) return folder;
  const words = `Cannot start the agent ${agent}: there is no folder "${cwd}" beside its suite`;
  throw new AgentopsError('usage', words);
}

/** What is wrong with the environment is told before anything runs. */
function refuseUnsetVariables(
  agent: string,
  { env }: CommandConfig,
  { environment }: AgentSupport,
): void {
  const unset = env.filter((variable) => environment[variable] === undefined);
  if (unset.length === 0) return;
  const words = `Cannot start the agent ${agent}: its env names ${unset.join(', ')}`;
  throw new AgentopsError('usage', `${words}, which ${unset.length > 1 ? 'are' : 'is'} not set`);
}

function talkOf(
  { protocol, prompt }: CommandConfig,
  begin: (argument: string | null, onLine?: TakeLine) => Program,
  task: DriveTask,
  session: Session,
  support: AgentSupport,
): Talk {
  if (protocol === 'none') return plainTalk((argument) => begin(argument), prompt, session);
  return new LinesTalk((onLine) => begin(null, onLine), task, session, support);
}

/** A talk that takes its endpoints and folders with it. */
function closing(talk: Talk, mounted: Mounted, folder: TrialFolder): Talk {
  return {
    hear: (said) => talk.hear(said),
    over: () => talk.over(),
    watched: () => talk.watched(),
    close: async () => {
      await talk.close();
      await mounted.unmount();
      await folder.remove();
    },
  };
}

const SECRET_NAME =
  /key|token|secret|pass|pwd|credential|auth|cookie|session|private|bearer|jwt|dsn|webhook|(?:^|_)(?:pat|sas|pw)(?:_|$)/i;
/** An address that holds a password. */
const SECRET_ADDRESS = /^[a-z][a-z0-9+.-]*:\/\/[^/?#]*:[^/?#]+@/i;

/** Whether a variable is likely to hold a secret: plain settings such as `true` stand in any text. */
function isTelling(name: string, value: string): boolean {
  return SECRET_NAME.test(name) || SECRET_ADDRESS.test(value);
}
