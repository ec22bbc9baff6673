import * as z from 'zod';
import { messageOf } from '../errors.ts';
import { isTooDeep, MOST_LEVELS } from '../json/is-too-deep.ts';
import { isObject } from '../json/object.ts';
import { didYouMean } from '../match/nearest-name.ts';
import { AgentBroke } from './talk.ts';

const actor = z
  .string()
  .min(1)
  .refine((name) => name !== 'user', 'An agent cannot act as "user"')
  .optional();
const trial = z.string().optional();

const call = {
  id: z.string().min(1).max(200).optional(),
  tool: z.string().min(1).max(1000),
  args: z.unknown().optional(),
  actor,
};

const variants = {
  tool_call: z.looseObject({ type: z.literal('tool_call'), trial, ...call }),
  tool_calls: z.looseObject({
    type: z.literal('tool_calls'),
    trial,
    calls: z
      .array(z.looseObject({ ...call, id: call.id.unwrap() }))
      .min(1)
      .max(1000),
  }),
  message: z.looseObject({ type: z.literal('message'), trial, content: z.string(), actor }),
  answer: z.looseObject({ type: z.literal('answer'), trial, content: z.string(), actor }),
  done: z.looseObject({ type: z.literal('done'), trial }),
  handoff: z.looseObject({ type: z.literal('handoff'), trial, from: z.string(), to: z.string() }),
  model: z.looseObject({
    type: z.literal('model'),
    trial,
    model: z.string().optional(),
    usage: z
      .looseObject({
        input_tokens: z.number().nonnegative().optional(),
        output_tokens: z.number().nonnegative().optional(),
        cached_tokens: z.number().nonnegative().optional(),
      })
      .optional(),
    cost_usd: z.number().nonnegative().optional(),
    actor,
  }),
  approval_request: z.looseObject({
    type: z.literal('approval_request'),
    trial,
    id: z.string().min(1).max(200),
    tool: z.string().min(1),
    args: z.unknown().optional(),
  }),
  error: z.looseObject({ type: z.literal('error'), trial, message: z.string() }),
} as const;

/** A message that an agent sends: what it does, one thing at a time. */
export type AgentMessage = z.infer<(typeof variants)[keyof typeof variants]>;

/** Reads one message. `where` says which, such as `line 3 of standard output`. Throws `AgentBroke` where it is none, or of another trial. */
export function readAgentMessage(text: string, trialId: string, where: string): AgentMessage {
  const value = parsed(text, where);
  const type = isObject(value) ? value['type'] : undefined;
  const known = Object.keys(variants);
  if (typeof type !== 'string' || !Object.hasOwn(variants, type)) {
    const hint = typeof type === 'string' ? didYouMean(type, known) : known.join(', ');
    throw broke(where, text, `expected an object with a known "type": ${hint}`);
  }
  const read = variants[type as keyof typeof variants].safeParse(value); // just looked up
  if (!read.success) {
    const [issue] = read.error.issues;
    throw broke(where, text, `${issue?.path.join('.') || 'the message'}: ${issue?.message}`);
  }
  if (read.data.trial !== undefined && read.data.trial !== trialId) {
    throw broke(where, text, `it names another trial, expected "${trialId}"`);
  }
  return read.data;
}

function parsed(text: string, where: string): unknown {
  if (isTooDeep(text)) throw broke(where, text, `it has more than ${MOST_LEVELS} levels`);
  try {
    return JSON.parse(text);
  } catch (thrown) {
    const hint = 'a program that speaks no protocol needs protocol: none';
    throw broke(where, text, `it is not JSON (${messageOf(thrown)}); ${hint}`);
  }
}

const SHOWN = 200;

function broke(where: string, text: string, why: string): AgentBroke {
  const shown = text.length > SHOWN ? `${text.slice(0, SHOWN)}…` : text;
  return new AgentBroke(`Cannot read ${where}: ${why}. It reads: ${shown}`);
}
