import { AgentopsError, messageOf } from '../errors.ts';
import type { Attempt } from './attempt.ts';
import type { Endpoint } from './endpoint-for.ts';
import type { PortReply, PortRequest } from './judge-port.ts';
import { saidIn } from './judge-refusal.ts';
import { modelFault } from './model-fault.ts';
import type { ModelLane } from './model-lane.ts';
import type { Post } from './open-client.ts';
import { type Patience, withPatience } from './patience.ts';
import { costOf, type Prices } from './prices.ts';
import { readJudgeReply } from './read-judge-reply.ts';
import { bodyOf, type Feature, refusedFeatures } from './request-features.ts';
import { tryOnce } from './try-once.ts';

/** A model of judges, and what is known of its server so far. */
export interface JudgeModel {
  readonly name: string;
  readonly endpoint: Endpoint;
  readonly lane: ModelLane;
  /** What its server turned out not to know. */
  readonly missing: Set<Feature>;
  /** Asks that were given up since the last answer. */
  readonly givenUp: { inARow: number };
  /** Milliseconds that a whole answer may take. */
  readonly timeoutMs: number;
  readonly post: Post;
  readonly patience: Patience;
  readonly prices: Prices;
}

interface Question {
  readonly request: PortRequest;
  readonly signal: AbortSignal;
  /** What is left out of it. */
  readonly without: Set<Feature>;
}

const LONGEST = 200;
/** Asks given up in a row after which nobody else tries. */
const MOST_GIVEN_UP = 5;

/** Asks the model of a judge from a place on its lane, until there is an answer or no more sense in it. Throws `model_fault`, or the reason of the signal once that is aborted. */
export async function askJudgeModel(
  model: JudgeModel,
  request: PortRequest,
  signal: AbortSignal,
): Promise<PortReply> {
  const { lane, patience } = model;
  const question = { request, signal, without: new Set<Feature>() };
  const sleep: Patience['sleep'] = async (ms, stop) => {
    await patience.sleep(ms, stop);
    lane.throwIfClosed();
  };
  const waited = () => undefined; // nobody counts the time of judges
  const attempt = () => attemptOf(model, question);
  try {
    const outcome = await withPatience(attempt, { signal, waited }, { ...patience, sleep });
    return settled(model, question, outcome);
  } catch (thrown) {
    signal.throwIfAborted();
    if (thrown instanceof AgentopsError) throw thrown;
    throw modelFault(model.name, model.endpoint, messageOf(thrown));
  }
}

/** One try; a server that does not know a part of the request is asked again without, each part once. */
async function attemptOf(model: JudgeModel, question: Question): Promise<Attempt> {
  const { endpoint, lane, missing, post, timeoutMs, patience } = model;
  const { request, signal, without } = question;
  for (;;) {
    for (const feature of missing) without.add(feature);
    await lane.start(signal);
    const body = bodyOf(request, without);
    const outcome = await tryOnce(endpoint, body, { post, signal, timeoutMs, now: patience.now });
    if (outcome.kind === 'later' && outcome.after !== null) lane.pause(outcome.after);
    const refused = outcome.kind === 'reply' ? refusedFeatures(outcome.reply, without) : [];
    if (refused.length === 0) return outcome;
    for (const feature of refused) without.add(feature);
  }
}

function settled(
  model: JudgeModel,
  { request, without }: Question,
  outcome: Exclude<Attempt, { kind: 'later' }>,
): PortReply {
  const { name, endpoint, missing, prices, givenUp } = model;
  if (outcome.kind === 'never') throw refused(model, outcome);
  givenUp.inARow = 0;
  const { status, body } = outcome.reply;
  if (status !== 200) throw modelFault(name, endpoint, refusalWords(status, body));
  const read = readJudgeReply(body);
  if ('fault' in read) {
    throw modelFault(name, endpoint, `its answer is no chat completion: ${read.fault}`);
  }
  // Only now is it known that the server takes the request like this
  for (const feature of without) missing.add(feature);
  const { model: answering, usage, ...said } = read;
  const cost = (priced: string) => (usage ? costOf(priced, usage, prices) : null);
  return {
    ...said,
    usage: usage && { input_tokens: usage.input_tokens, output_tokens: usage.output_tokens },
    costUsd: cost(answering ?? name) ?? cost(name),
    request: bodyOf(request, without),
    response: body,
  };
}

/** The fault of an ask that has no answer; closes the lane where no other would have one. */
function refused(
  { name, endpoint, lane, givenUp }: JudgeModel,
  { why, lasting, givenUp: isGivenUp }: Extract<Attempt, { kind: 'never' }>,
): AgentopsError {
  if (lasting !== undefined) lane.close(why, lasting);
  else if (isGivenUp && ++givenUp.inARow >= MOST_GIVEN_UP) {
    lane.close(`${why}, ${MOST_GIVEN_UP} judgements in a row`, Number.POSITIVE_INFINITY);
  }
  return modelFault(name, endpoint, why);
}

function refusalWords(status: number, body: unknown): string {
  const text = JSON.stringify(body) ?? '';
  const whole = text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text;
  return `status ${status}${saidIn(body) || ` (${whole})`}; expected an answer to the request of a judge`;
}
