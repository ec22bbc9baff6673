import { AgentopsError } from '../../errors.ts';
import type { Session } from '../../live/session.ts';
import { dialects } from '../../llm/dialects/dialects.ts';
import type { ModelSource } from '../../llm/model-source.ts';
import type { AgentSupport, DriveTask } from '../agent.ts';
import { scriptedUser } from './scripted-user.ts';
import { simulatedUser } from './simulated-user.ts';
import { singleInput } from './single-input.ts';
import type { UserSide } from './user-side.ts';

/** The user of a trial, as its task has it: one input, a script, or a model that plays. */
export async function userOf(
  support: AgentSupport,
  { stated, task, trial }: DriveTask,
  session: Session,
): Promise<UserSide> {
  const { input, conversation, user } = stated;
  if (conversation) return scriptedUser(conversation);
  if (!user) return singleInput(input);
  const { simulate: config } = user;
  const { script, recording } = config;
  const models = {
    ...(script && { script }),
    ...(recording !== undefined && { recording }),
  };
  const source = await support.modelsOf({ name: `the user of ${task}`, ...models });
  return simulatedUser({
    config,
    source: counted(source, support),
    asker: {
      ...{ task, trial, key: {} },
      waited: (ms) => session.waited(ms),
      interrupted: () => session.halted()?.kind === 'interrupted',
    },
    ...(input !== undefined && { input }),
    ended: (reason) => session.record({ type: 'x-user-stop', reason }),
  });
}

/** A source whose costs count for the run, though not for the agent; one that is not known cannot be counted. */
function counted(source: ModelSource, { costOf, spend, needsCost }: AgentSupport): ModelSource {
  return {
    ...source,
    ask: async (request, asker) => {
      const reply = await source.ask(request, asker);
      const turn = reply.status === 200 ? dialects[request.dialect].readReply(reply.body) : null;
      const cost = reply.cost_usd ?? (turn?.usage ? costOf(turn.model, turn.usage) : null);
      if (cost !== null && cost !== undefined) spend(cost);
      else if (needsCost && turn) {
        const words = `Cannot hold a ceiling on cost: what ${turn.model}, which plays the user, costs is not known`;
        throw new AgentopsError('model_fault', words);
      }
      return reply;
    },
  };
}
