import { readFile } from 'node:fs/promises';
import path from 'node:path';
import * as z from 'zod';
import { AgentopsError } from '../errors.ts';
import type { Session } from '../live/session.ts';
import { dialects } from '../llm/dialects/dialects.ts';
import type { RequestedCall } from '../model/exchange.ts';
import type { AgentEntry, Suite } from '../model/suite.ts';
import { toldCanaries } from '../safety/flow/canary-texts.ts';
import { isFilePath, text } from '../suite/text-schema.ts';
import type { ToolAnswer } from '../tools/tool-host.ts';
import type { AgentKind } from './agent.ts';
import { liveAgent } from './live-agent.ts';
import type { StartTalk } from './talk.ts';
import { toldTools } from './told-task.ts';

const Chat = z.strictObject({
  model: text.describe('Name of the model'),
  system: text.optional().describe('System prompt, or the path of a file that holds it'),
  temperature: z.number().nonnegative().optional().describe('Temperature of the model'),
  options: z
    .record(z.string(), z.unknown())
    .optional()
    .describe('More keys of the request, such as max_completion_tokens'),
});
type Chat = z.infer<typeof Chat>;

/** A model in our own tool-calling loop, over chat completions. */
export const chat: AgentKind = {
  key: 'chat',
  words: 'A model in the tool-calling loop of agentops',
  schema: Chat,
  files: (value) => {
    const { system } = value as Chat; // validated
    return isFilePath(system) ? [{ path: ['system'], file: system }] : [];
  },
  open: async (entry, suite, support) =>
    liveAgent({ suite, support, entry, begin: () => startOf(entry, suite), tellsCanaries: true }),
};

/** Starts trials of a model with those settings. */
export async function startOf({ config }: AgentEntry, suite: Suite): Promise<StartTalk> {
  const settings = config as Chat; // validated
  const system = await systemOf(settings, suite);
  return async ({ safety: { canaries, secrets } }, session) => {
    const told = [system, toldCanaries(canaries, secrets)].filter((one) => one !== null);
    const content = told.join('\n\n');
    const messages: unknown[] = told.length === 0 ? [] : [{ role: 'system', content }];
    return {
      hear: async (said) => {
        messages.push({ role: 'user', content: textOf(said) });
        await answer(settings, session, messages);
      },
      over: async () => undefined,
      watched: () => true,
      close: async () => undefined,
    };
  };
}

async function systemOf({ system }: Chat, { file }: Suite): Promise<string | null> {
  if (system === undefined || !isFilePath(system)) return system ?? null;
  return readFile(path.resolve(path.dirname(file), system), 'utf8');
}

/** Asks the model until it calls no more tools; calls of one turn are made in their order. */
async function answer(settings: Chat, session: Session, messages: unknown[]): Promise<void> {
  for (;;) {
    const reply = await session.askModel({
      dialect: 'chat',
      body: bodyOf(settings, session, messages),
    });
    if (reply.status !== 200) {
      const words = `The model ${settings.model} refused the request with ${reply.status}`;
      throw new AgentopsError('model_fault', `${words}: ${shown(reply.body)}`);
    }
    const { say, calls } = dialects.chat.readReply(reply.body);
    messages.push(spoken(say, calls));
    if (calls.length === 0) return;
    for (const call of calls) messages.push(await resultOf(session, call));
  }
}

function bodyOf(
  { model, temperature, options = {} }: Chat,
  session: Session,
  messages: unknown[],
): Record<string, unknown> {
  const tools = toldTools(session.tools).map(({ name, description, input_schema }) => ({
    type: 'function',
    function: { name, ...(description && { description }), parameters: input_schema },
  }));
  return {
    model,
    messages: [...messages],
    ...(tools.length > 0 && { tools }),
    ...(temperature !== undefined && { temperature }),
    ...options,
  };
}

function spoken(say: string | null, calls: readonly RequestedCall[]): unknown {
  const tool_calls = calls.map(({ id, tool, args, argsRaw }) => ({
    id,
    type: 'function',
    function: { name: tool, arguments: argsRaw ?? JSON.stringify(args ?? {}) },
  }));
  return { role: 'assistant', content: say, ...(tool_calls.length > 0 && { tool_calls }) };
}

/** Arguments that are no JSON never reach a tool: the model is told so, as any loop would. */
async function resultOf(session: Session, call: RequestedCall): Promise<unknown> {
  const { id, tool, args, argsRaw } = call;
  const given =
    argsRaw === undefined
      ? await session.callTool({ id, tool, args: args ?? {} })
      : { error: { code: 'invalid_arguments', message: 'The arguments are not valid JSON' } };
  return { role: 'tool', tool_call_id: id, content: contentOf(given) };
}

function contentOf(answer: ToolAnswer): string {
  if ('error' in answer) return JSON.stringify({ error: answer.error });
  return textOf(answer.result);
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : (JSON.stringify(value) ?? 'null');
}

function shown(body: unknown): string {
  return textOf(body).slice(0, 300);
}
