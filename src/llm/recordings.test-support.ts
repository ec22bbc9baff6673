import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { onTestFinished } from 'vitest';
import type { ModelRequest } from '../model/exchange.ts';
import type { Asker, ModelSource } from './model-source.ts';

/** A folder that lasts as long as the test. */
export async function testFolder(): Promise<string> {
  const folder = await mkdtemp(path.join(tmpdir(), 'recordings-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  return folder;
}

/** A live trial that asks. */
export function askerOf(task: string, trial = 1, signal = new AbortController().signal): Asker {
  return { task, trial, key: {}, signal, waited: () => undefined };
}

/** A chat request of one message. */
export function chatOf(content: string, more: Record<string, unknown> = {}): ModelRequest {
  const messages = [{ role: 'user', content }];
  return { dialect: 'chat', body: { model: 'gpt-5-mini', messages, ...more } };
}

/** A source that answers with what the function makes of the number of the request. */
export function countingSource(
  answer: (nth: number, request: ModelRequest) => unknown = (nth) => ({ nth }),
): ModelSource {
  let nth = 0;
  return {
    ask: async (request) => ({ status: 200, body: answer(++nth, request) }),
    close: async () => undefined,
  };
}
