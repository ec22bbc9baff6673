import { messageOf } from '../errors.ts';
import { type Session, TrialHalted } from '../live/session.ts';
import type { Mounted } from '../serve/server.ts';
import { filePath, withoutFragment } from '../suite/text-schema.ts';
import type { AgentKind, AgentSupport } from './agent.ts';
import { lastSaid } from './last-said.ts';
import { liveAgent } from './live-agent.ts';
import { type ModuleContext, moduleContext } from './module-context.ts';
import { ownCopy } from './own-copy.ts';
import { AgentBroke, type StartTalk } from './talk.ts';
import { type ToldMessage, type ToldTool, toldMessages, toldTools } from './told-task.ts';

/** What a module agent is given of its task, anew for each thing that the user says. */
export interface ModuleTask {
  readonly id: string;
  readonly suite: string;
  readonly trial: number;
  /** What the user says now. */
  readonly input: unknown;
  /** All that was said so far, what the user says now included. */
  readonly messages: readonly ToldMessage[];
  readonly tools: readonly ToldTool[];
}

/** An agent as users write it: text that it returns is its answer, nothing where it has said all it had to say. */
export type ModuleAgent = (task: ModuleTask, context: ModuleContext) => unknown;

/** Runs a function of the user in this process. */
export const module: AgentKind = {
  key: 'module',
  words: 'An exported function (task, context) => answer',
  schema: filePath,
  files: (value) => [{ path: [], file: withoutFragment(String(value)) }],
  open: async (entry, suite, support) => {
    const begin = async (surroundings: AgentSupport) => {
      const agent = (await surroundings.load(String(entry.config))) as ModuleAgent; // a function; what it returns is checked
      return startOf(agent, surroundings);
    };
    return liveAgent({ suite, support, entry, begin });
  },
};

function startOf(agent: ModuleAgent, support: AgentSupport): StartTalk {
  return async (task, session) => {
    const mounts: Mounted[] = [];
    const context = moduleContext(session, async () => {
      const mounted = await support.serve(session);
      mounts.push(mounted);
      return mounted;
    });
    const { id: _, task: id, suite, trial } = task;
    return {
      hear: async (said) => {
        const [input, messages, tools] = ownCopy(
          [said, toldMessages(session.steps), toldTools(session.tools)],
          'Cannot tell the agent its task',
        ) as [unknown, ToldMessage[], ToldTool[]]; // a copy has the same shape
        const told = { id, suite, trial, input, messages, tools };
        say(session, await answerOf(agent, told, context));
      },
      over: async () => undefined,
      watched: () => true,
      close: async () => {
        await Promise.all(mounts.map((mounted) => mounted.unmount()));
      },
    };
  };
}

async function answerOf(
  agent: ModuleAgent,
  task: ModuleTask,
  context: ModuleContext,
): Promise<unknown> {
  try {
    return await agent(task, context);
  } catch (thrown) {
    // It may have kept one of another trial
    if (thrown instanceof TrialHalted && context.signal.aborted) throw thrown;
    throw new AgentBroke(`The agent threw: ${messageOf(thrown)}`, { cause: thrown });
  }
}

function say(session: Session, answer: unknown): void {
  if (answer === undefined || answer === null) return;
  if (typeof answer !== 'string') {
    throw new AgentBroke(`The agent returned ${typeof answer}, expected text or nothing`);
  }
  if (lastSaid(session.steps) === answer) return;
  session.record({ type: 'message', role: 'assistant', content: answer });
}
