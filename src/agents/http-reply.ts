import { isUtf8 } from 'node:buffer';
import { AgentopsError, messageOf } from '../errors.ts';
import { isTooDeep, MOST_LEVELS } from '../json/is-too-deep.ts';
import { isObject } from '../json/object.ts';
import type { OwnAnswer, Session } from '../live/session.ts';
import type { AgentSupport } from './agent.ts';
import { readAgentMessage } from './agent-messages.ts';
import { hearMessage, type MessageCall } from './hear-message.ts';
import { lastSaid } from './last-said.ts';
import { splitEvents } from './split-events.ts';
import { AgentBroke } from './talk.ts';

/** The most bytes of one answer. */
const MOST_BYTES = 16 * 1024 * 1024;

type CostOf = AgentSupport['costOf'];

/** What an answer tells of the calls that were made for it: all where it has steps or told of a call, none where it has no steps; events without a call may come from an agent that made none. */
export type ToldCalls = 'all' | 'none' | 'perhaps';

/** Takes the answer of an agent: JSON `{ answer, steps? }`, or server-sent events with one message each. Tells whether it said what it called. Throws `AgentBroke`. */
export async function hearReply(
  response: Response,
  session: Session,
  costOf: CostOf,
): Promise<ToldCalls> {
  const type = response.headers.get('content-type') ?? '';
  return /^text\/event-stream\b/i.test(type)
    ? hearEvents(response, session, costOf)
    : hearWhole(response, session, costOf);
}

async function hearWhole(response: Response, session: Session, costOf: CostOf): Promise<ToldCalls> {
  const text = await wholeText(response);
  const body = parsed(text);
  const steps = isObject(body) && Array.isArray(body['steps']) ? body['steps'] : [];
  for (const [at, step] of steps.entries()) {
    // Many steps must not hold up the other trials, nor go on for one that was stopped
    if (at % 500 === 499) await new Promise((resolve) => setImmediate(resolve));
    session.signal.throwIfAborted();
    await hearTold(JSON.stringify(step), `steps.${at} of its answer`, session, costOf);
  }
  const answer = isObject(body) ? body['answer'] : undefined;
  if (typeof answer !== 'string') {
    const shown = text.slice(0, 200);
    throw new AgentBroke(
      `Cannot read the answer of the agent: expected { "answer": text }, got ${shown}`,
    );
  }
  if (lastSaid(session.steps) !== answer) {
    session.record({ type: 'message', role: 'assistant', content: answer });
  }
  return isObject(body) && Array.isArray(body['steps']) ? 'all' : 'none';
}

function parsed(text: string): unknown {
  if (isTooDeep(text)) {
    const words = `it has more than ${MOST_LEVELS} levels`;
    throw new AgentBroke(`Cannot read the answer of the agent: ${words}`);
  }
  try {
    return JSON.parse(text);
  } catch (thrown) {
    const shown = text.slice(0, 200);
    throw new AgentBroke(
      `Cannot read the answer of the agent: it is no JSON (${messageOf(thrown)}): ${shown}`,
    );
  }
}

async function hearEvents(
  response: Response,
  session: Session,
  costOf: CostOf,
): Promise<ToldCalls> {
  let [ended, number] = [false, 0];
  for await (const data of splitEvents(piecesOf(response), MOST_BYTES)) {
    if (data === '[DONE]') continue;
    const where = `event ${++number} of its answer`;
    if (ended) throw new AgentBroke(`The agent sent ${where} after it was done`);
    ended = await hearTold(data, where, session, costOf);
  }
  if (!ended) {
    throw new AgentBroke('The answer of the agent ended without a message of type answer or done');
  }
  return session.steps.some(({ type }) => type === 'tool_call') ? 'all' : 'perhaps';
}

/** Hears one message; true where it is the last. */
async function hearTold(
  text: string,
  where: string,
  session: Session,
  costOf: CostOf,
): Promise<boolean> {
  const message = readAgentMessage(text, session.trial.id, where);
  if (message.type === 'approval_request') {
    throw new AgentBroke(`Cannot take ${where}: an answer cannot ask for approval`);
  }
  if (message.type === 'tool_call') tellCall(session, message);
  else if (message.type === 'tool_calls') {
    const parallel = `t${session.steps.length}`;
    for (const call of message.calls) tellCall(session, call, parallel);
  } else await hearMessage(session, message, costOf);
  return message.type === 'answer' || message.type === 'done';
}

/** Tells of a call that the agent says it made itself. */
function tellCall(
  session: Session,
  call: MessageCall & Readonly<Record<string, unknown>>,
  parallel?: string,
): void {
  const { id, tool, args = {}, actor, result, error } = call;
  const names = {
    ...(id !== undefined && { id }),
    ...(actor !== undefined && { actor }),
    ...(parallel !== undefined && { parallel }),
  };
  session.tellCall({ tool, args, ...names }, toldAnswer(result, error));
}

function toldAnswer(result: unknown, error: unknown): OwnAnswer | null {
  if (error !== undefined && error !== null) {
    return { error: isObject(error) ? error : String(error) };
  }
  return result === undefined ? null : { result };
}

async function wholeText(response: Response): Promise<string> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const piece of piecesOf(response)) {
    size += piece.length;
    if (size > MOST_BYTES) throw new AgentBroke('The answer of the agent is longer than 16 MiB');
    chunks.push(piece);
  }
  const bytes = Buffer.concat(chunks);
  if (!isUtf8(bytes)) throw new AgentBroke('The answer of the agent is not UTF-8');
  return bytes.toString('utf8');
}

async function* piecesOf(response: Response): AsyncGenerator<Uint8Array> {
  try {
    for await (const piece of response.body ?? []) yield piece;
  } catch (thrown) {
    const words = `Cannot read the answer of the agent to its end: ${messageOf(thrown)}`;
    throw new AgentopsError('agent_fault', words, { cause: thrown });
  }
}
