import { onTestFinished } from 'vitest';
import {
  type AskedModel,
  type Behaviour,
  says,
  startMisbehavingModel,
} from './misbehaving-model.ts';

/** A model on the loopback, closed after the test. */
export async function model(behave: (asked: AskedModel, nth: number) => Behaviour) {
  const started = await startMisbehavingModel(behave);
  onTestFinished(() => started.close());
  return started;
}

/** The object that a judge is asked for. */
export function verdictFor({ prompt }: AskedModel, more: Record<string, unknown> = {}) {
  return { nonce: nonceIn(prompt), reason: 'Seen', steps: [], answer: 'pass', ...more };
}

/** The nonce that a prompt asks for, empty where it asks for none. */
export function nonceIn(prompt: string): string {
  return /"nonce": "([0-9a-f]{32})"/.exec(prompt)?.[1] ?? '';
}

/** Answers with something made of a verdict. */
export function answers(words: (verdict: string, asked: AskedModel) => string): Behaviour {
  return says((asked) => words(JSON.stringify(verdictFor(asked)), asked));
}

/** Answers with a verdict in which something is other than in a good one. */
export function gives(more: Record<string, unknown> = {}): Behaviour {
  return says((asked) => JSON.stringify(verdictFor(asked, more)));
}
