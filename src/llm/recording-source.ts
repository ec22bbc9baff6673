import { rm } from 'node:fs/promises';
import { writeFault } from '../io/disk-fault.ts';
import type { ModelReply, ModelRequest } from '../model/exchange.ts';
import { exchangeKey } from './exchange-key.ts';
import { mergeRecording } from './merge-recording.ts';
import type { Asker, ModelSource } from './model-source.ts';
import { partialFile } from './partial-file.ts';
import { type Located, type Note, readExchangesIfAny } from './read-exchanges.ts';
import { RECORDING_VERSION, type RecordedExchange } from './recorded-exchange.ts';
import { type Redact, redactedCopy } from './redacted-copy.ts';
import { requestCounter } from './request-counter.ts';
import { withoutStreaming } from './without-streaming.ts';

/** What a recording is made of. */
export interface RecordingOptions {
  /** Recording to write. */
  readonly file: string;
  /** Who is asked. */
  readonly live: ModelSource;
  /** Takes secrets out of requests and answers before they are written. */
  readonly redact?: Redact;
  /** Leaves requests out: a later miss then cannot say how it differs. */
  readonly digestOnly?: boolean;
  /** Told of tasks whose old exchanges stay, and of lines that are cut off. */
  readonly note?: Note;
}

/** Asks a live source and records each exchange at once in `<file>.partial`; closing makes it part of the recording, in which the exchanges of tasks that did not ask stay. What an earlier run left behind is taken in first, for tasks that the recording lacks. Throws `input_fault` or `disk_fault`. */
export async function recordingSource(options: RecordingOptions): Promise<ModelSource> {
  const { file, live, redact, digestOnly = false, note = () => undefined } = options;
  await takeInLeftovers(file, note);
  const partial = await partialFile(partialOf(file));
  const counter = requestCounter();
  const exchanges: Located[] = [];
  /** Tasks that the live source failed, or that were cut short: what is there of them now is not the whole. */
  const failed = new Set<string>();
  let isClosed = false;

  function record(request: ModelRequest, reply: ModelReply, place: Place): void {
    const { task, trial, nth } = place;
    const { dialect } = request;
    const body = redactedCopy(withoutStreaming(request.body), redact) as ModelRequest['body']; // an object stays one
    const key = exchangeKey(body);
    const response = { status: reply.status, body: redactedCopy(reply.body, redact) };
    const exchange = {
      schema_version: RECORDING_VERSION,
      ...{ dialect, task, trial, nth, key },
      ...(!digestOnly && { request: body }),
      response,
    } satisfies RecordedExchange;
    const written = partial.append(JSON.stringify(exchange));
    exchanges.push({ task, trial, nth, dialect, key, ...written });
  }

  async function ask(request: ModelRequest, asker: Asker): Promise<ModelReply> {
    const { position: nth } = counter.count(asker.key, '');
    const { task, trial } = asker;
    whenCutShort(asker, () => failed.add(task));
    try {
      const reply = await live.ask(request, asker);
      asker.signal.throwIfAborted();
      record(request, reply, { task, trial, nth });
      return reply;
    } catch (thrown) {
      failed.add(task); // an answer that was not waited for would be missed, too
      throw thrown;
    }
  }

  async function close(): Promise<void> {
    if (isClosed) return;
    isClosed = true;
    await live.close();
    partial.close();
    const fresh = { file: partial.file, exchanges, replaces: (task: string) => !failed.has(task) };
    await mergeRecording(file, fresh, note);
    for (const task of failed) {
      note(
        `Task ${JSON.stringify(task)} was not recorded to its end: where "${file}" held it, it stays as it was`,
      );
    }
    partial.remove();
  }

  return { ask, close };
}

/** Tells of our own interruption, also where it comes between two requests. */
function whenCutShort({ signal, interrupted }: Asker, tell: () => void): void {
  signal.addEventListener('abort', () => interrupted?.() && tell(), { once: true });
}

type Place = Pick<Located, 'task' | 'trial' | 'nth'>;

function partialOf(file: string): string {
  return `${file}.partial`;
}

/** Also finds out before anything is paid for that the recording cannot be read. */
async function takeInLeftovers(file: string, note: Note): Promise<void> {
  await readExchangesIfAny(file, note);
  const partial = partialOf(file);
  const exchanges = await readExchangesIfAny(partial, note);
  if (exchanges.length > 0) {
    await mergeRecording(file, { file: partial, exchanges, replaces: () => false }, note);
  }
  await rm(partial, { force: true }).catch((thrown) => {
    throw writeFault(partial, thrown);
  });
}
