import { describe, expect, it } from 'vitest';
import { type SessionGiven, testSession } from '../live/session.test-support.ts';
import { hearReply } from './http-reply.ts';

const MOCKED = { get: { mock: {} }, own: { mock: { kind: 'agent' } } } as unknown as NonNullable<
  SessionGiven['tools']
>; // only whether there is a mock counts

/** What a session holds after a reply, and whether the reply told what was called. */
async function heard(
  body: unknown,
  { type = 'application/json', ...given }: SessionGiven & { type?: string } = {},
) {
  const session = testSession({ tools: MOCKED, ...given });
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  const told = await hearReply(
    new Response(text, { headers: { 'content-type': type } }),
    session,
    () => null,
  );
  return { told, steps: session.told(), session };
}
const stream = (...messages: unknown[]) =>
  messages.map((one) => `data: ${JSON.stringify(one)}\n\n`).join('');
const SSE = { type: 'Text/Event-Stream; charset=utf-8' };
const call = { type: 'tool_call', tool: 'own', args: { x: 1 } };

describe('hearReply()', () => {
  it('takes an answer alone, which tells nothing of calls', async () => {
    const { told, steps } = await heard({ answer: 'Done' });
    expect(told).toBe('none');
    expect(steps).toEqual([{ type: 'message', role: 'assistant', content: 'Done' }]);
    expect(await heard(stream({ type: 'answer', content: 'Done' }), SSE)).toMatchObject({
      told: 'perhaps',
      steps,
    });
  });

  it('takes calls with what they came back with, as the agent tells them', async () => {
    const steps = [{ ...call, result: 7 }, { ...call, error: { message: 'Oh' } }, call];
    const { told, steps: recorded } = await heard({ answer: 'Done', steps });
    expect(told).toBe('all');
    expect(recorded).toMatchObject([
      { type: 'tool_call', args: { x: 1 }, origin: 'inferred' },
      { type: 'tool_result', result: 7, origin: 'inferred' },
      { type: 'tool_call' },
      { type: 'tool_result', error: { message: 'Oh' } },
      { type: 'tool_call' },
      { type: 'message' },
    ]);
    expect(await heard({ answer: 'Done', steps: [] })).toMatchObject({ told: 'all' });
  });

  it.each(['get', 'unknown'])(
    'makes a call of %s, which no mock answered, a fault',
    async (tool) => {
      const { session } = await heard({ answer: 'Done', steps: [{ ...call, tool, result: 7 }] });
      expect(session.halted()).toMatchObject({ kind: 'fault' });
    },
  );

  it('gives each told call an id of its own', async () => {
    const { steps } = await heard({ answer: 'Done', steps: [call, call, call] });
    const ids = steps.filter(({ type }) => type === 'tool_call').map(({ id }) => id);
    expect(new Set(ids).size).toBe(3);
  });

  it.each([
    ['text', 'Done', /no JSON/],
    ['a list', [1], /expected \{ "answer": text \}/],
    ['null', 'null', /expected/],
    ['no answer', { steps: [] }, /expected/],
    ['an answer that is no text', { answer: { text: 'x' } }, /expected/],
    ['a step of no type', { answer: 'x', steps: [{}] }, /steps\.0 of its answer/],
    ['a step that is null', { answer: 'x', steps: [null] }, /steps\.0/],
    [
      'a step of ours',
      { answer: 'x', steps: [call, { type: 'tool_result', result: 1 }] },
      /steps\.1/,
    ],
    [
      'a request for approval',
      { answer: 'x', steps: [{ type: 'approval_request', id: 'a', tool: 'get' }] },
      /cannot ask for approval/,
    ],
    [
      'an error that it tells',
      { answer: 'x', steps: [{ type: 'error', message: 'No luck' }] },
      /No luck/,
    ],
  ])('refuses %s', async (_, body, words) => {
    await expect(heard(body)).rejects.toThrow(words);
  });

  it('refuses events that do not end, or go on after the end', async () => {
    await expect(heard(stream(call), SSE)).rejects.toThrow(
      /without a message of type answer or done/,
    );
    await expect(heard('', SSE)).rejects.toThrow(/without a message/);
    const late = stream({ type: 'done' }, call);
    await expect(heard(late, SSE)).rejects.toThrow(/event 2 of its answer after it was done/);
    expect(await heard(`${stream(call, { type: 'done' })}data: [DONE]\n\n`, SSE)).toMatchObject({
      told: 'all',
    });
  });

  it('stops at the ceiling, and hears no more of a long list', async () => {
    const steps = Array.from({ length: 20_000 }, () => call);
    const hearing = heard({ answer: 'Done', steps }, { ceilings: { tool_calls: 3 } });
    await expect(hearing).rejects.toThrow(/above the ceiling of 3/);
  });
});
