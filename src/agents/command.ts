import { stat } from 'node:fs/promises';
import path from 'node:path';
import { AgentopsError } from '../errors.ts';
import type { Session } from '../live/session.ts';
import type { AgentEntry, Suite } from '../model/suite.ts';
import type { Mounted } from '../serve/server.ts';
import type { AgentKind, AgentSupport, DriveTask } from './agent.ts';
import { type CommandConfig, commandConfig, commandSchema } from './command-schema.ts';
import { linesTalk } from './lines-talk.ts';
import { liveDriver } from './live-driver.ts';
import { plainTalk } from './plain-talk.ts';
import { agentEnvironment } from './process/agent-environment.ts';
import type { Program, TakeLine } from './process/program.ts';
import { startProgram } from './process/start-program.ts';
import { makeTrialFolder, type TrialFolder } from './process/trial-folder.ts';
import type { StartTalk, Talk } from './talk.ts';
import { unrecorded } from './unrecorded.ts';

/** Marks the processes of one trial, so that they are found again. */
const MARKER = 'AGENTOPS_EVAL_TRIAL';

/** Any program, with or without our protocol. */
export const command: AgentKind = {
  key: 'command',
  words: 'A program, started in the folder of the suite',
  schema: commandSchema,
  open: async (entry, suite, support) => {
    const start = await startOf(entry, suite, support);
    return unrecorded(await liveDriver({ suite, support, entry, start }));
  },
};

async function startOf(
  { name, config }: AgentEntry,
  suite: Suite,
  support: AgentSupport,
): Promise<StartTalk> {
  const settings = commandConfig(config);
  const cwd = await folderOf(name, settings, suite);
  // What is wrong with the environment is told before anything runs
  agentEnvironment({ own: support.environment, names: settings.env, folder: null, endpoints: {} });
  return async (task, session) => {
    const mounted = await support.serve(session);
    const folder = await makeTrialFolder();
    const begin = (argument: string | null, onLine?: TakeLine): Program =>
      startProgram({
        program: argument === null ? programOf(settings) : [...programOf(settings), argument],
        cwd: cwd ?? folder.cwd,
        env: environmentOf(settings, support, folder, mounted),
        marker: { name: MARKER, value: path.basename(mounted.url) },
        signal: session.signal,
        ...(onLine && { onLine }),
      });
    const talk = talkOf(settings, begin, task, session, support);
    return { ...talk, close: () => closeAll(talk, mounted, folder) };
  };
}

function talkOf(
  { protocol, prompt }: CommandConfig,
  begin: (argument: string | null, onLine?: TakeLine) => Program,
  task: DriveTask,
  session: Session,
  support: AgentSupport,
): Talk {
  if (protocol === 'none') return plainTalk((argument) => begin(argument), prompt, session);
  return linesTalk((onLine) => begin(null, onLine), task, session, support);
}

async function closeAll(talk: Talk, mounted: Mounted, folder: TrialFolder): Promise<void> {
  await talk.close();
  await mounted.unmount();
  await folder.remove();
}
