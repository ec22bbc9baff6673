import * as z from 'zod';
import { AgentopsError } from '../../errors.ts';
import { cut, showValue } from '../../match/show.ts';
import type { ModelReply } from '../../model/exchange.ts';
import { outOfRole } from './out-of-role.ts';

/** The most characters of an answer that are looked at. */
const LONGEST = 100_000;
const SHOWN = 200;
const COMPLETION = 'a chat completion';
const REPLY = 'JSON with say, done, in_role and reason';
const USERS = 'what a user says';

/** What a model that plays the user answers. */
const SimulatorReply = z.looseObject({
  say: z.string(),
  done: z.boolean(),
  in_role: z.boolean(),
  reason: z.string(),
});
export type SimulatorReply = z.infer<typeof SimulatorReply>;

const Completion = z.looseObject({
  choices: z
    .array(z.looseObject({ message: z.looseObject({ content: z.string().nullish() }) }))
    .min(1),
});

/** What the user says next, as a chat completion has it. Throws `model_fault` where the model does not play the user as it should. */
export function readSimulatorReply({ status, body }: ModelReply): SimulatorReply {
  if (status !== 200) {
    throw fault(`its model answered with status ${status}: ${showValue(body, SHOWN)}`, COMPLETION);
  }
  const completion = Completion.safeParse(body);
  if (!completion.success) throw fault(`its model gave ${showValue(body, SHOWN)}`, COMPLETION);
  const content = completion.data.choices[0]?.message.content ?? '';
  if (content.trim() === '') throw fault('its model said nothing', REPLY);
  const parsed = SimulatorReply.safeParse(content.length > LONGEST ? null : jsonIn(content));
  if (!parsed.success) throw fault(`its model answered ${shown(content)}`, REPLY);
  refuseOutOfRole(parsed.data);
  return parsed.data;
}

function refuseOutOfRole({ say, done, in_role, reason }: SimulatorReply): void {
  if (say.trim() === '' && !done) {
    throw fault('it says nothing and is not done', 'something to say');
  }
  if (!in_role) {
    const account = `by its own account (${shown(reason)})`;
    throw fault(`${shown(say)} is out of role ${account}`, USERS);
  }
  const why = outOfRole(say);
  if (why !== null) throw fault(`${shown(say)} is out of role: ${why}`, USERS);
}

/** JSON that is the whole text or stands in the one fence that is the whole text; undefined where there is none. */
function jsonIn(content: string): unknown {
  const text = content.trim();
  const fenced = /^```(?:json)?[ \t]*\r?\n([\s\S]*?)\r?\n[ \t]*```$/i.exec(text);
  try {
    return JSON.parse(fenced?.[1] ?? text);
  } catch {
    return undefined; // not JSON, or nested too deeply to be read
  }
}

function shown(text: string): string {
  return JSON.stringify(cut(text, SHOWN));
}

function fault(state: string, wanted: string): AgentopsError {
  return new AgentopsError('model_fault', `Cannot go on as the user: ${state}, wanted ${wanted}`);
}
