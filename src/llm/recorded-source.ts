import { AgentopsError } from '../errors.ts';
import { openWindow, type WindowReader } from '../io/window-reader.ts';
import type { ModelReply, ModelRequest } from '../model/exchange.ts';
import { exchangeIndex } from './exchange-index.ts';
import { exchangeKey } from './exchange-key.ts';
import type { Asker, ModelSource } from './model-source.ts';
import { isAbsent, type Located, type Note, readExchanges } from './read-exchanges.ts';
import type { RecordedExchange } from './recorded-exchange.ts';
import { type Redact, redactedCopy } from './redacted-copy.ts';
import { requestCounter } from './request-counter.ts';
import { type Difference, differenceWords, requestDifference } from './request-difference.ts';
import { withoutStreaming } from './without-streaming.ts';

/** How a recording is replayed. */
export interface RecordedOptions {
  /** As it was recorded with: a request is redacted before it is looked up. */
  readonly redact?: Redact;
  /** What the recording is called in messages; its path unless given. */
  readonly shown?: string;
  /** Told of a last line that is cut off. */
  readonly note?: Note;
}

/** Requests that a missing one is compared with, and bytes of them. */
const MOST_COMPARED = 50;
const MOST_BYTES = 32 * 1024 * 1024;

/** Answers from a recording; holds no more of it than where each exchange stands. Throws `input_fault` where it cannot be read; asking throws `model_fault` with the first difference from the nearest recorded request where it lacks one. */
export async function recordedSource(
  file: string,
  { redact, shown = file, note = () => undefined }: RecordedOptions = {},
): Promise<ModelSource> {
  const exchanges = await readExchanges(file, note).catch((thrown) => {
    throw isAbsent(thrown) ? absent(shown, thrown) : thrown;
  });
  const index = exchangeIndex(exchanges);
  const counter = requestCounter();
  const window = openWindow(file);
  let open = true;

  async function ask(request: ModelRequest, asker: Asker): Promise<ModelReply> {
    asker.signal.throwIfAborted();
    const { dialect } = request;
    const body = redactedCopy(withoutStreaming(request.body), redact) as ModelRequest['body']; // an object stays one
    const key = exchangeKey(body);
    const { position, occurrence } = counter.count(asker.key, `${dialect} ${key}`);
    const found = index.find({ dialect, key, occurrence }, asker);
    if (found) {
      const { status, body: answer } = read(window, found).response;
      return { status, body: answer };
    }
    const near = nearest(body, index.near(dialect, position, asker), window);
    throw lacking(shown, { dialect, position, asker, near });
  }

  return {
    ask,
    async close() {
      if (open) window.close();
      open = false;
    },
  };
}

function absent(file: string, cause: unknown): AgentopsError {
  const message = `Cannot read recording "${file}": there is no such file; run with --record to make it`;
  return new AgentopsError('input_fault', message, { cause });
}

function read(window: WindowReader, { offset, bytes }: Located): RecordedExchange {
  return JSON.parse(window.read(offset, bytes).toString('utf8')); // validated when it was indexed
}

interface Near {
  readonly exchange: Located;
  readonly difference: Difference;
}

/** The recorded request that differs in the fewest values, the likeliest of those that differ in as many. */
function nearest(body: unknown, candidates: readonly Located[], window: WindowReader): Near | null {
  let best: Near | null = null;
  let left = MOST_BYTES;
  for (const exchange of candidates.slice(0, MOST_COMPARED)) {
    left -= exchange.bytes;
    if (left < 0 && best) break;
    const { request } = read(window, exchange);
    if (!request) continue;
    const difference = requestDifference(withoutStreaming(request), body, best?.difference.count);
    if (difference && difference.count < (best?.difference.count ?? Number.POSITIVE_INFINITY)) {
      best = { exchange, difference };
    }
  }
  return best;
}

interface Lack {
  readonly dialect: string;
  readonly position: number;
  readonly asker: Asker;
  readonly near: Near | null;
}

function lacking(file: string, { dialect, position, asker, near }: Lack): AgentopsError {
  const { task, trial } = asker;
  const which = `request ${position} of task ${JSON.stringify(task)}, trial ${trial}`;
  const message = `Cannot answer ${which}: recording "${file}" does not hold it; ${nearWords(near, dialect, task)}; run again with --record to refresh`;
  return new AgentopsError('model_fault', message);
}

function nearWords(near: Near | null, dialect: string, task: string): string {
  if (!near) return `it holds no ${dialect} request to compare with`;
  const { exchange, difference } = near;
  const place = exchange.task === task ? '' : ` of task ${JSON.stringify(exchange.task)}`;
  return `the nearest, request ${exchange.nth}${place} in trial ${exchange.trial}, differs first at ${differenceWords(difference)}`;
}
