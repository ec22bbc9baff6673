import { AgentopsError } from '../errors.ts';
import { sha256Hex } from '../json/digest.ts';
import type { JudgePort, PortReply } from '../llm/judge-port.ts';
import type { JudgeMode } from '../model/llm-judge.ts';
import { answerSchema } from './answer-schema.ts';
import { firstAlone } from './first-alone.ts';
import type { AskedAbout, JudgeExchange, RecordedAnswer } from './judge-exchange.ts';
import type { JudgeQuestion } from './judge-question.ts';
import type { JudgeRecording } from './judge-recording.ts';
import { missingWords } from './missing-words.ts';
import { LONGEST_ANSWER } from './read-answer.ts';

/** What models are asked with. */
export interface ExchangeOptions {
  readonly mode: JudgeMode;
  readonly recording: JudgeRecording | null;
  readonly port: JudgePort;
  /** Random, another at each call. */
  readonly nonce: () => string;
  readonly redact: (text: string) => string;
  /** Told what each exchange cost. */
  readonly spend: (usd: number) => void;
  /** A ceiling on cost is held: an exchange of unknown cost does not count. */
  readonly needsCost: boolean;
  readonly signal: AbortSignal;
}

/** Which ballot is asked for. */
export interface BallotPlace {
  readonly model: string;
  /** From 1. */
  readonly vote: number;
}

/** Which exchange for that ballot. */
export interface ExchangePlace extends BallotPlace {
  readonly attempt: number;
  /** Our words on the answer before. */
  readonly mistake: string | null;
}

/** An answer, unread. */
export interface HadExchange {
  readonly answer: RecordedAnswer;
  /** The exchange that was made for it. */
  readonly made: JudgeExchange | null;
  readonly from: 'live' | 'recorded';
  /** Why it may not count. */
  readonly fault: string | null;
}

/** Exchanges with the models of judges, from a recording or live. */
export interface Exchanges {
  /** Models may be asked for what is not recorded. */
  readonly isLive: boolean;
  /** What was recorded, null for nothing. Throws what the recording throws. */
  recorded(question: JudgeQuestion, place: ExchangePlace): HadExchange | null;
  /** Throws `model_fault` where there is no answer, what the recording throws, and the reason of the signal once that is aborted. */
  get(question: JudgeQuestion, place: ExchangePlace): Promise<HadExchange>;
}

/** Has exchanges from the recording and, where that is allowed, from the models; one that is asked for twice at once is made once. */
export function openExchanges(options: ExchangeOptions): Exchanges {
  const { mode, recording, signal, spend, needsCost } = options;
  const underWay = new Map<string, Promise<HadExchange>>();
  /** Models whose cost is not known: what else they were asked could not be counted either. */
  const unpriced = new Map<string, string>();
  /** Only an answer tells whether those of its model can be counted. */
  const afterFirst = needsCost ? firstAlone() : null;
  let broken: unknown = null;

  async function ask(
    question: JudgeQuestion,
    place: ExchangePlace,
    key: string,
  ): Promise<HadExchange> {
    signal.throwIfAborted();
    if (broken !== null) throw broken;
    const known = unpriced.get(place.model);
    if (known !== undefined) throw new AgentopsError('model_fault', known);
    const { nonce, reply } = await post(options, question, place);
    if (reply.costUsd !== null) spend(reply.costUsd);
    const head = { key, ...askedAbout(question, place), nonce, flags: [...question.flags] };
    const exchange = exchangeOf({ schema_version: 1, ...head }, reply, options.redact);
    try {
      recording?.append(exchange);
    } catch (thrown) {
      broken = thrown; // whatever else were asked would be lost, too
      throw thrown;
    }
    const fault = reply.costUsd === null && needsCost ? unpricedWords(place.model, reply) : null;
    if (fault !== null) unpriced.set(place.model, fault);
    return { answer: exchange, made: exchange, from: 'live', fault };
  }

  function recorded(question: JudgeQuestion, place: ExchangePlace): HadExchange | null {
    const answer = recording?.find(keyOf(question, place));
    return answer ? { answer, made: null, from: 'recorded', fault: null } : null;
  }

  async function get(question: JudgeQuestion, place: ExchangePlace): Promise<HadExchange> {
    const found = recorded(question, place);
    if (found) return found;
    const key = keyOf(question, place);
    if (mode !== 'live') throw missing(askedAbout(question, place), recording);
    const pending = underWay.get(key);
    if (pending) return { ...(await pending), made: null, from: 'recorded' };
    const made = () => ask(question, place, key);
    const asked = afterFirst ? afterFirst(place.model, made) : made();
    underWay.set(key, asked);
    try {
      return await asked;
    } finally {
      underWay.delete(key);
    }
  }

  return { isLive: mode === 'live', recorded, get };
}

/** Covers everything that was asked but the nonce and the fence, which are random. */
function keyOf({ parts }: JudgeQuestion, { model, vote, attempt }: ExchangePlace): string {
  return sha256Hex(JSON.stringify([...Object.entries(parts), model, vote, attempt]));
}

const SHORT = 12;

function askedAbout(
  { about, parts }: JudgeQuestion,
  { model, vote, attempt }: ExchangePlace,
): AskedAbout {
  const short = Object.entries(parts).map(([part, digest]) => [part, digest.slice(0, SHORT)]);
  return { ...about, model, vote, attempt, parts: Object.fromEntries(short) };
}

async function post(
  { port, nonce: random, signal }: ExchangeOptions,
  { spec, form, prompt }: JudgeQuestion,
  { model, vote, mistake }: ExchangePlace,
): Promise<{ nonce: string; reply: PortReply }> {
  const nonce = random();
  const messages = prompt({ nonce, fence: random(), mistake });
  const request = {
    ...{ model, messages, temperature: spec.temperature, seed: vote },
    schema: answerSchema(form),
  };
  return { nonce, reply: await port.ask(request, signal) };
}

/** Redacted and cut before it is read, so that it is read as it will be from the recording. */
function exchangeOf(
  head: Pick<JudgeExchange, 'schema_version' | 'key' | 'nonce' | 'flags'> & AskedAbout,
  { text, refusal, isCutOff, usage, costUsd, request, response }: PortReply,
  redact: (text: string) => string,
): JudgeExchange {
  return {
    ...head,
    text: text === null ? null : kept(redact(text)),
    refusal: refusal === null ? null : kept(redact(refusal)),
    cut_off: isCutOff,
    usage: usage && { ...usage },
    cost_usd: costUsd,
    ...{ request, response },
  };
}

/** What is too long to be an answer stays too long. */
function kept(text: string): string {
  return text.slice(0, LONGEST_ANSWER + 1);
}

function unpricedWords(model: string, { usage }: PortReply): string {
  const why = usage ? 'it has no price' : 'its endpoint told no tokens';
  return `Cannot hold a ceiling on cost: what ${model} costs is not known, ${why}`;
}

function missing(asked: AskedAbout, recording: JudgeRecording | null): AgentopsError {
  const { judge, model, vote, attempt, step } = asked;
  const which = [`vote ${vote}`, ...(step === null ? [] : [`step ${step}`])];
  if (attempt > 1) which.push('asked again');
  const why = missingWords(asked, recording?.near(asked) ?? []);
  const message = `${judge} has no recorded answer of model ${model} (${which.join(', ')}): ${why}; run with --judge live`;
  return new AgentopsError('model_fault', message);
}
