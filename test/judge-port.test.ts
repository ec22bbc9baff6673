import { beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import type { PortReply } from '../src/llm/judge-port.ts';
import { openJudgePort } from '../src/llm/open-judge-port.ts';
import {
  type AskedModel,
  type Behaviour,
  completion,
  hangs,
  hangsMidBody,
  json,
  late,
  limits,
  refuses,
  resets,
  resetsMidBody,
  says,
  startMisbehavingModel,
  text,
  verdict,
} from './misbehaving-model.ts';

const KEY = 'sk-very-secret-0123';
const START = Date.parse('Wed, 25 Nov 2026 08:00:00 GMT');
/** Long enough for an answer where this machine is busy. */
const SOON = { timeout_seconds: 0.4 };
const NONCE = 'n-47110815';
const SCHEMA = {
  type: 'object',
  properties: { answer: { type: 'string', enum: ['pass', 'fail'] } },
};

/** Time in which nobody really waits: who sleeps is at once where it would have been. */
function hurriedClock() {
  const began = performance.now();
  let ahead = 0;
  const waits: number[] = [];
  const sleep = async (ms: number, signal: AbortSignal) => {
    waits.push(ms);
    const due = ahead + ms;
    await new Promise((resolve) => setImmediate(resolve));
    signal.throwIfAborted();
    ahead = Math.max(ahead, due);
  };
  const waited = () => Math.round(waits.reduce((sum, ms) => sum + ms, 0));
  return {
    sleep,
    now: () => START + ahead,
    waited,
    seconds: () => (performance.now() - began) / 1000,
  };
}

async function judging(
  behave: (asked: AskedModel, nth: number) => Behaviour,
  settings: object = {},
) {
  const model = await startMisbehavingModel(behave);
  onTestFinished(() => model.close());
  const clock = hurriedClock();
  const port = openJudgePort({
    endpoints: { '*': { base_url: model.url, key_env: 'THE_KEY', ...settings } },
    environment: { THE_KEY: KEY },
    prices: new Map([['judge-1', { input: 1, output: 2 }]]),
    random: () => 0.5,
    ...clock,
  });
  const messages = [{ role: 'user', content: `Judge. The "nonce" is "${NONCE}"` }];
  const request = { model: 'judge-1', messages, temperature: 0, seed: 1, schema: SCHEMA };
  const ask = (signal = new AbortController().signal) => port.ask(request, signal);
  return { ask, model, clock };
}

/** What came of it: the reply, or the error without its port. */
async function outcome(asking: Promise<PortReply>): Promise<PortReply | string> {
  return asking.catch(({ code, message }) => {
    expect(message).not.toContain(KEY);
    return `${code} ${message}`.replace(/:\d{4,5}\b/g, ':PORT');
  });
}

const AT = 'model_fault Cannot ask model "judge-1" at http://127.0.0.1:PORT/v1/chat/completions:';
const good = verdict();
const VERDICT = JSON.stringify({ nonce: NONCE, reason: 'Seen', steps: [], answer: 'pass' });

/** The first behaviours in turn, then good ones. */
function inTurn(...first: Behaviour[]) {
  return (_: AskedModel, nth: number) => first[nth - 1] ?? good;
}

// The client is loaded before time is kept
beforeAll(() => import('openai'));

describe('a judge is answered', () => {
  test('with a verdict, tokens and cost', async () => {
    const { ask, model } = await judging(() => good);
    expect(await ask()).toMatchObject({
      text: VERDICT,
      refusal: null,
      isCutOff: false,
      usage: { input_tokens: 100, output_tokens: 10 },
      costUsd: 0.00012,
    });
    const [asked] = model.asked;
    expect(asked?.url).toBe('/v1/chat/completions');
    expect(asked?.headers.authorization).toBe(`Bearer ${KEY}`);
    expect(asked?.body).toMatchObject({ temperature: 0, seed: 1 });
  });

  test.each<[string, Behaviour, object]>([
    ['fenced JSON', says('```json\n{}\n```'), { text: '```json\n{}\n```' }],
    ['two objects', says('{}{}'), { text: '{}{}' }],
    [
      'a refusal',
      json(completion(null, { message: { refusal: 'No' } })),
      { text: null, refusal: 'No' },
    ],
    [
      'half a verdict',
      json(completion('{"an', { finish_reason: 'length' })),
      { text: '{"an', isCutOff: true },
    ],
    ['parts', json(completion([{ type: 'text', text: '{}' }])), { text: '{}' }],
    ['nothing', says(''), { text: null }],
  ])('with %s, as it stands', async (_, behaviour, reply) => {
    const { ask, model } = await judging(() => behaviour);
    expect(await ask()).toMatchObject(reply);
    expect(model.asked).toHaveLength(1);
  });

  test.each<[string, Behaviour, number]>([
    ['a rate limit in seconds', limits({ 'retry-after': '3' }), 3500],
    ['a rate limit in milliseconds', limits({ 'retry-after-ms': '80' }), 120],
    ['a rate limit until a date', limits({ 'retry-after': 'Wed, 25 Nov 2026 08:00:07 GMT' }), 7500],
    ['a rate limit for no time', limits(), 250],
    ['status 500', refuses(500, { message: 'oh' }), 250],
    ['status 502 with a page', text('<html>Bad gateway</html>', 502), 250],
    ['status 503 and a wait', refuses(503, { message: 'busy' }, { 'retry-after': '1' }), 1500],
    ['status 529', refuses(529, { message: 'overloaded' }), 250],
    ['a reset', resets, 250],
    ['a reset in the middle', resetsMidBody, 250],
  ])('after %s', async (_, behaviour, ms) => {
    const { ask, model, clock } = await judging(inTurn(behaviour));
    expect(await outcome(ask())).toMatchObject({ text: VERDICT });
    expect(model.asked).toHaveLength(2);
    expect(clock.waited()).toBe(ms);
  });

  test.each<[string, Behaviour]>([
    ['silence', hangs],
    ['silence in the middle', hangsMidBody],
    ['an answer that came too late', late(600, says('too late'))],
  ])('after %s', async (_, behaviour) => {
    const { ask, model, clock } = await judging(inTurn(behaviour), SOON);
    expect(await outcome(ask())).toMatchObject({ text: VERDICT });
    expect(model.asked).toHaveLength(2);
    expect(clock.seconds()).toBeLessThan(5);
  });
});

describe('a judge is not answered', () => {
  test.each<[string, Behaviour, number, string]>([
    [
      'an endless rate limit',
      limits({ 'retry-after': '2' }),
      6,
      'status 429 (slow down); given up after 6 tries',
    ],
    ['status 500', refuses(500, { message: 'oh' }), 6, 'status 500 (oh); given up after 6 tries'],
    ['status 502', text('<html>', 502), 6, 'status 502; given up after 6 tries'],
    ['an empty body', text(''), 1, 'its answer is empty; expected one JSON object'],
    [
      'a page',
      text('<html>Log in</html>'),
      1,
      'its answer is no JSON or is cut off: it begins with "<html>Log in</html>"; expected one JSON object',
    ],
    [
      'half an answer',
      text('{"choices":['),
      1,
      'its answer is no JSON or is cut off: it begins with "{\\"choices\\":["; expected one JSON object',
    ],
    [
      'no completion',
      json({ choices: [{ text: VERDICT }] }),
      1,
      'its answer is no chat completion: choices[0].message is not an object',
    ],
    [
      'an error as a success',
      json({ error: { code: 502 } }),
      1,
      'its answer is an error with status 200: {"error":{"code":502}}; expected one JSON object',
    ],
    [
      'no such model',
      refuses(404, { message: 'no such model' }),
      1,
      'status 404 (no such model); expected an answer to the request of a judge',
    ],
    [
      'a request that is too long',
      refuses(400, { message: 'too many tokens' }),
      2,
      'status 400 (too many tokens); expected an answer to the request of a judge',
    ],
    [
      'a request that is too deep',
      text(`{"error":${'[{"a":'.repeat(9999)}1${'}]'.repeat(9999)}}`, 400, {
        'content-type': 'application/json',
      }),
      1,
      'Nested too deeply to be judged',
    ],
  ])('by %s, and others are', async (_, behaviour, requests, why) => {
    const { ask, model } = await judging((_asked, nth) => (nth <= requests ? behaviour : good));
    expect(await outcome(ask())).toBe(`${AT} ${why}`);
    expect(model.asked).toHaveLength(requests);
    expect(await outcome(ask())).toMatchObject({ text: VERDICT });
    expect(model.asked).toHaveLength(requests + 1);
  });

  test.each<[string, Behaviour]>([
    ['silence', hangs],
    ['silence in the middle', hangsMidBody],
  ])('by %s, which is borne twice', async (_, behaviour) => {
    const { ask, model, clock } = await judging(() => behaviour, SOON);
    const why = 'no answer came within 0.4 s; given up after 2 tries';
    expect(await outcome(ask())).toBe(`${AT} ${why}`);
    expect(model.asked).toHaveLength(2);
    expect(clock.seconds()).toBeLessThan(5);
  });

  const refused = 'the key in THE_KEY was refused; expected one that may use this model';
  test.each<[string, Behaviour, string]>([
    ['status 401', refuses(401, { message: `Incorrect key ${KEY}` }), `status 401, ${refused}`],
    ['status 403', text('No', 403), `status 403, ${refused}`],
    [
      'status 402',
      refuses(402, { message: 'pay' }),
      'status 402 (pay); expected an account with quota left',
    ],
    [
      'a quota that is used up',
      refuses(429, { message: 'pay', code: 'insufficient_quota' }, { 'retry-after': '1' }),
      'status 429 (pay); expected an account with quota left',
    ],
    [
      'a wait of years',
      limits({ 'retry-after': '1000000000' }),
      'status 429 (slow down); it asks to wait 1000000000 s, and more than 120 s are not waited for',
    ],
    [
      'a redirect',
      text('', 307, { location: 'http://evil.test/v1' }),
      'status 307, it redirects to evil.test, which is not followed as it would hand on the key; expected the final address in base_url',
    ],
  ])('by %s, nor is anybody after that, and nobody asks', async (_, behaviour, why) => {
    const { ask, model } = await judging((_asked, nth) => (nth <= 3 ? behaviour : good), {
      concurrency: 3,
    });
    const outcomes = await Promise.all(Array.from({ length: 50 }, () => outcome(ask())));
    outcomes.push(await outcome(ask()));
    expect(new Set(outcomes)).toEqual(new Set([`${AT} ${why}`]));
    expect(model.asked.length).toBeLessThanOrEqual(3);
  });

  test('where the address is not one of TLS', async () => {
    const { ask, model } = await judging(() => good);
    const secure = openJudgePort({
      endpoints: { '*': { base_url: model.url.replace('http:', 'https:') } },
      environment: {},
      prices: new Map(),
      random: () => 0.5,
      ...hurriedClock(),
    });
    const { request } = await ask();
    const asked = {
      ...request,
      model: 'judge-1',
      messages: [],
      temperature: 0,
      seed: 1,
      schema: {},
    };
    const said = await outcome(secure.ask(asked, new AbortController().signal));
    expect(said).toMatch(/the connection failed: ERR_SSL_WRONG_VERSION_NUMBER$/);
    expect(model.asked).toHaveLength(1);
  });
});

describe('a server that does not know', () => {
  const names = (body: Record<string, unknown>) =>
    ['response_format', 'temperature', 'seed'].filter((one) => one in body);

  test.each(['response_format', 'temperature', 'seed'])('%s is asked without it', async (name) => {
    const { ask, model } = await judging(({ body }) =>
      name in body
        ? refuses(400, { message: `Unsupported parameter: '${name}'`, param: name })
        : good,
    );
    await ask();
    await ask();
    expect(model.asked.map(({ body }) => names(body).length)).toEqual([3, 2, 2]);
    expect(model.asked.filter(({ body }) => name in body)).toHaveLength(1);
  });

  test('any of it, and does not say so, is asked without all, by fifty at once', async () => {
    const { ask, model } = await judging(
      ({ body }) =>
        names(body).length > 0 ? refuses(400, { message: 'bad request' }) : says('{}'),
      { concurrency: 50 },
    );
    const replies = await Promise.all(Array.from({ length: 50 }, () => ask()));
    expect(replies.every((reply) => reply.text === '{}')).toBe(true);
    expect(model.asked).toHaveLength(100);
    await ask();
    expect(model.asked).toHaveLength(101);
  });
});

describe('many judgements', () => {
  test('never ask more than the lane allows', async () => {
    const { ask, model } = await judging(() => late(5, good), { concurrency: 7 });
    await Promise.all(Array.from({ length: 70 }, () => ask()));
    expect(model.asked).toHaveLength(70);
    expect(model.counts().atOnce).toBe(7);
    expect(model.counts().connections).toBeLessThan(70); // they are kept
  });

  test('are no storm where every answer is a rate limit', async () => {
    const { ask, model } = await judging(() => limits({ 'retry-after': '1' }), { concurrency: 50 });
    const outcomes = await Promise.all(Array.from({ length: 50 }, () => outcome(ask())));
    expect(new Set(outcomes).size).toBe(2); // what came later is told that others were given up
    expect(model.asked.length).toBeLessThanOrEqual(50 * 6);
    const before = model.asked.length;
    await expect(ask()).rejects.toThrow('5 judgements in a row');
    expect(model.asked).toHaveLength(before);
  });

  test('end at once when they are interrupted, and what comes later is nobody’s', async () => {
    const { ask, model, clock } = await judging(() => late(100, good), { concurrency: 5 });
    const stop = new AbortController();
    const asks = Array.from({ length: 50 }, () => outcome(ask(stop.signal)));
    while (model.asked.length < 5) await new Promise((resolve) => setImmediate(resolve));
    stop.abort(Object.assign(new Error('enough'), { code: 'stopped' }));
    expect(new Set(await Promise.all(asks))).toEqual(new Set(['stopped enough']));
    expect(model.asked).toHaveLength(5);
    expect(await outcome(ask())).toMatchObject({ text: VERDICT });
    expect(model.asked).toHaveLength(6);
    expect(clock.seconds()).toBeLessThan(1);
  });
});
