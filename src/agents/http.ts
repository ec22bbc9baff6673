import { AgentopsError } from '../errors.ts';
import type { AgentKind, AgentSupport } from './agent.ts';
import { hearReply, type ToldCalls } from './http-reply.ts';
import { HttpConfig } from './http-schema.ts';
import { liveAgent } from './live-agent.ts';
import { postPatiently } from './post-patiently.ts';
import type { StartTalk } from './talk.ts';
import { toldTask } from './told-task.ts';

/** An agent behind an HTTP endpoint: each thing that the user says is posted, with all that was said before. */
export const http: AgentKind = {
  key: 'http',
  words: 'An agent behind an HTTP endpoint',
  schema: HttpConfig,
  variables: (config) => Object.values((config as HttpConfig).headers ?? {}).map(({ env }) => env), // validated
  open: async (entry, suite, support) => {
    const config = entry.config as HttpConfig; // validated
    const begin = async (surroundings: AgentSupport) => {
      const headers = headersOf(entry.name, config, surroundings);
      return startOf(config.url, headers, surroundings);
    };
    return liveAgent({ suite, support, entry, begin });
  },
};

function headersOf(
  agent: string,
  { headers = {} }: HttpConfig,
  { environment }: AgentSupport,
): Record<string, string> {
  const told: Record<string, string> = {};
  for (const [header, { env }] of Object.entries(headers)) {
    const value = environment[env];
    if (value === undefined) {
      const words = `Cannot open the agent ${agent}: its header ${header} is the value of ${env}, which is not set`;
      throw new AgentopsError('usage', words);
    }
    told[header] = value;
  }
  return told;
}

function startOf(
  url: string,
  headers: Readonly<Record<string, string>>,
  support: AgentSupport,
): StartTalk {
  return async (task, session) => {
    const mounted = await support.serve(session);
    const told = new Set<ToldCalls>();
    return {
      hear: async (input) => {
        const endpoints = mounted.environment();
        const body = JSON.stringify({ ...toldTask(task, session, input), endpoints });
        const response = await postPatiently({ url, headers, body, session, support });
        told.add(await hearReply(response, session, support.costOf));
      },
      over: async () => undefined,
      // One answer that is silent about its calls is enough to know too little
      watched: () => (told.has('all') && !told.has('none')) || session.touched(),
      close: () => mounted.unmount(),
    };
  };
}
