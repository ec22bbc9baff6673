import { expect, test } from 'vitest';
import type { Session } from '../../live/session.ts';
import type { ModelSource } from '../../llm/model-source.ts';
import type { AgentSupport, DriveTask } from '../agent.ts';
import { userOf } from './user-of.ts';

const SAID = JSON.stringify({ say: 'Hi', done: false, in_role: true, reason: 'It begins' });
const BODY = {
  model: 'unheard-of',
  choices: [{ message: { content: SAID } }],
  usage: { prompt_tokens: 10, completion_tokens: 10 },
};

/** The first words of a played user whose model has that price, and what was spent on them. */
async function firstWords(price: number | null, needsCost: boolean) {
  const spent: number[] = [];
  const source: ModelSource = {
    ask: async () => ({ status: 200, body: BODY }),
    close: async () => undefined,
  };
  const support = {
    modelsOf: async () => source,
    costOf: () => price,
    spend: (usd: number) => void spent.push(usd),
    needsCost,
  } as Partial<AgentSupport> as AgentSupport; // what a user needs of it
  const stated = { user: { simulate: { model: 'unheard-of', goal: 'A refund' } } };
  const task = { stated, task: 't', trial: 1 } as Partial<DriveTask> as DriveTask; // likewise
  const user = await userOf(support, task, {} as Session); // asked only when the user is done
  return { said: await user.next([], new AbortController().signal), spent };
}

test('userOf() counts what a played user costs for the run', async () => {
  expect(await firstWords(2, true)).toEqual({ said: 'Hi', spent: [2] });
  expect(await firstWords(null, false)).toEqual({ said: 'Hi', spent: [] });
});

test('userOf() is at fault where that is not known and the run has a ceiling on cost', async () => {
  await expect(firstWords(null, true)).rejects.toThrow(
    'Cannot hold a ceiling on cost: what unheard-of, which plays the user, costs is not known',
  );
});
