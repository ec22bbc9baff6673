import { getEventListeners } from 'node:events';
import { describe, expect, test, vi } from 'vitest';
import type { PortRequest } from './judge-port.ts';
import { type JudgePortOptions, openJudgePort } from './open-judge-port.ts';
import { settle, stoppedClock } from './stopped-clock.test-support.ts';

const KEY = 'sk-very-secret-0123';
const REQUEST: PortRequest = {
  model: 'judge-1',
  messages: [{ role: 'user', content: 'Judge' }],
  temperature: 0,
  seed: 3,
  schema: { type: 'object' },
};
const AT = 'Cannot ask model "judge-1" at http://model.test/v1/chat/completions:';
const never = new AbortController().signal;

type Body = Record<string, unknown>;
type Answer = (body: Body, nth: number, init: RequestInit) => Response | Promise<Response>;

const answer = (content: unknown = '{}', more = {}) =>
  Response.json({ choices: [{ message: { content } }], ...more });
const refusal = (status: number, message: string, headers = {}, more = {}) =>
  Response.json({ error: { message, ...more } }, { status, headers });

/** A port over a faked network whose time only passes when a test says so. */
function portOf(respond: Answer, settings: object = {}, options: Partial<JudgePortOptions> = {}) {
  const clock = stoppedClock();
  const bodies: Body[] = [];
  const fetch = async (_: unknown, init: RequestInit = {}) => {
    const body = JSON.parse(String(init.body));
    bodies.push(body);
    return respond(body, bodies.length, init);
  };
  const base_url = 'http://model.test/v1';
  const port = openJudgePort({
    endpoints: { '*': { base_url, key_env: 'THE_KEY', ...settings } },
    environment: { THE_KEY: KEY },
    prices: new Map([['judge-1', { input: 1, cached_input: 0.5, output: 2 }]]),
    random: () => 0.5,
    ...clock,
    fetch,
    ...options,
  });
  const ask = (signal = never, model = REQUEST.model) => port.ask({ ...REQUEST, model }, signal);
  return { ask, clock, bodies };
}

/** What came of asking: the text, or code and message. */
async function outcome(asking: Promise<{ text: string | null }>) {
  return asking.then(
    ({ text }) => text,
    ({ code, message }) => {
      expect(message).not.toContain(KEY);
      return `${code} ${message}`;
    },
  );
}

describe('openJudgePort() asks', () => {
  test('for one JSON object, and hands on what came back', async () => {
    const usage = {
      prompt_tokens: 1000,
      completion_tokens: 100,
      prompt_tokens_details: { cached_tokens: 400 },
    };
    const { ask, bodies } = portOf(() => answer('{"a":1}', { usage, model: 'judge-1' }));
    const json_schema = { name: 'verdict', strict: true, schema: REQUEST.schema };
    const posted = {
      model: 'judge-1',
      messages: REQUEST.messages,
      temperature: 0,
      seed: 3,
      response_format: { type: 'json_schema', json_schema },
    };
    expect(await ask()).toEqual({
      text: '{"a":1}',
      refusal: null,
      isCutOff: false,
      usage: { input_tokens: 1000, output_tokens: 100 },
      costUsd: 0.001, // 600 and 400 cached at half the price, and 100 written
      request: posted,
      response: { choices: [{ message: { content: '{"a":1}' } }], usage, model: 'judge-1' },
    });
    expect(bodies).toEqual([posted]);
  });

  test.each<[string, object, string, number | null]>([
    ['no tokens are told', {}, 'judge-1', null],
    ['no price is known', { usage: { prompt_tokens: 1, completion_tokens: 1 } }, 'other', null],
    [
      'only the name that was asked for has a price',
      { model: 'x', usage: { prompt_tokens: 1e6, completion_tokens: 0 } },
      'judge-1',
      1,
    ],
  ])('with what it cost where %s', async (_, more, model, cost) => {
    const { ask } = portOf(() => answer('{}', more));
    expect((await ask(never, model)).costUsd).toBe(cost);
  });

  test.each<[string, Partial<JudgePortOptions>, string]>([
    [
      'of Anthropic',
      {
        endpoints: {
          '*': { base_url: 'https://api.anthropic.com', key_env: 'THE_KEY', api: 'anthropic' },
        },
      },
      'its endpoint has "api: anthropic" in agentops.config.yaml, and a judge speaks that of openai',
    ],
    [
      'without its key',
      { environment: {} },
      'the environment variable THE_KEY is not set, expected the key of http://model.test/v1',
    ],
    [
      'that is not configured',
      { endpoints: { other: { base_url: 'http://model.test/v1' } } },
      'no endpoint in agentops.config.yaml has that name, there are other; add it under "models", or "*" for all',
    ],
    [
      'that nobody names',
      { endpoints: null, environment: {} },
      'no endpoint is configured; set OPENAI_API_KEY (and OPENAI_BASE_URL for another address than https://api.openai.com/v1), or name an endpoint under "models" in agentops.config.yaml',
    ],
    [
      'at an address with a password',
      { endpoints: null, environment: { OPENAI_BASE_URL: 'http://me:s3cret@model.test/v1' } },
      'OPENAI_BASE_URL cannot be used: expected an address without a user or a password: a key is named with key_env',
    ],
    [
      'at an address with a query',
      { endpoints: null, environment: { OPENAI_BASE_URL: 'http://model.test/v1?x=1' } },
      'OPENAI_BASE_URL cannot be used: expected an address that ends with its path, without "?" or "#"',
    ],
  ])('no endpoint %s', async (_, options, why) => {
    const { ask, bodies } = portOf(() => answer(), {}, options);
    const said = `model_fault Cannot ask model "judge-1": ${why}`;
    expect(await outcome(ask())).toBe(said);
    expect(await outcome(ask())).toBe(said);
    expect(bodies).toEqual([]);
  });
});

describe('openJudgePort() leaves out', () => {
  const has = (body: Body) =>
    ['response_format', 'temperature', 'seed'].filter((one) => body[one] !== undefined);

  test('what a server names, for the rest of the run, a request more for each at most', async () => {
    const { ask, bodies } = portOf((body) =>
      'response_format' in body
        ? refusal(400, 'response_format is not supported')
        : 'seed' in body
          ? refusal(422, 'unknown field "seed"')
          : answer(),
    );
    expect((await ask()).request).toEqual({
      model: 'judge-1',
      messages: REQUEST.messages,
      temperature: 0,
    });
    expect(bodies.map(has)).toEqual([
      ['response_format', 'temperature', 'seed'],
      ['temperature', 'seed'],
      ['temperature'],
    ]);
    await ask();
    expect(bodies.slice(3).map(has)).toEqual([['temperature']]);
    await ask(never, 'another').catch(() => undefined);
    expect(bodies.slice(4).map(has)[0]).toHaveLength(3);
  });

  test('it for each of those under way, and no more', async () => {
    const { ask, bodies } = portOf((body) => ('seed' in body ? refusal(400, 'seed?') : answer()), {
      concurrency: 30,
    });
    await Promise.all(Array.from({ length: 50 }, () => ask()));
    expect(bodies).toHaveLength(30 + 30 + 20);
  });

  test('all of it once where nothing is named, and forgets that where it did not help', async () => {
    let cure = false;
    const { ask, bodies } = portOf((body) =>
      cure && has(body).length === 0 ? answer() : refusal(400, 'bad request'),
    );
    const said = `model_fault ${AT} status 400 (bad request); expected an answer to the request of a judge`;
    expect(await outcome(ask())).toBe(said);
    expect(bodies.map((body) => has(body).length)).toEqual([3, 0]);
    cure = true;
    expect(await outcome(ask())).toBe('{}');
    expect(await outcome(ask())).toBe('{}');
    expect(bodies.slice(2).map((body) => has(body).length)).toEqual([3, 0, 0]);
  });
});

describe('openJudgePort() keeps lanes:', () => {
  test('one for each model of an endpoint', async () => {
    const { ask, bodies } = portOf(() => new Promise(() => undefined), { concurrency: 2 });
    for (const model of ['a', 'a', 'a', 'b', 'b', 'b']) void ask(never, model);
    await settle();
    expect(bodies.map(({ model }) => model)).toEqual(['a', 'a', 'b', 'b']);
  });

  test('20 at once unless told otherwise', async () => {
    const { ask, bodies } = portOf(() => new Promise(() => undefined));
    for (let one = 0; one < 50; one++) void ask();
    await settle();
    expect(bodies).toHaveLength(20);
  });

  test('all of it pauses where an endpoint asks one to wait', async () => {
    const { ask, bodies, clock } = portOf(
      (_, nth) => (nth === 1 ? refusal(429, 'slow down', { 'retry-after': '7' }) : answer()),
      { concurrency: 1000 },
    );
    const first = ask();
    await settle();
    const others = Array.from({ length: 49 }, () => ask());
    await clock.pass(6999);
    expect(bodies).toHaveLength(1);
    await clock.pass(1);
    expect(bodies).toHaveLength(50);
    await Promise.all(others);
    await clock.pass(500); // the first comes back with a jitter
    expect(await outcome(first)).toBe('{}');
    expect(bodies).toHaveLength(51);
    expect(clock.sleepers()).toBe(0);
  });

  test('no more than six requests for each of many asks, however often it is told to wait', async () => {
    const { ask, bodies, clock } = portOf(() => refusal(429, 'slow down', { 'retry-after': '60' }));
    const asks = Array.from({ length: 50 }, () => outcome(ask()));
    for (let minutes = 1; minutes <= 5; minutes++) await clock.pass(60_500);
    expect(bodies.length).toBeLessThanOrEqual(20 * 6);
    for (let minutes = 0; minutes < 20; minutes++) await clock.pass(60_500);
    const why = `model_fault ${AT} status 429 (slow down); given up after 6 tries`;
    const closed = `${why}, 5 judgements in a row`;
    expect(new Set(await Promise.all(asks))).toEqual(new Set([why, closed]));
    expect(bodies.length).toBeLessThanOrEqual(20 * 6);
    const before = bodies.length;
    expect(await outcome(ask())).toBe(closed);
    expect(bodies).toHaveLength(before);
  });

  test.each<[string, () => Response, string]>([
    [
      'a key that is refused',
      () => refusal(401, `bad ${KEY}`),
      'status 401, the key in THE_KEY was refused; expected one that may use this model',
    ],
    [
      'a quota that is used up',
      () => refusal(429, 'pay', { 'retry-after': '1' }, { code: 'insufficient_quota' }),
      'status 429 (pay); expected an account with quota left',
    ],
    [
      'a wait of years',
      () => refusal(429, 'slow down', { 'retry-after': '1000000000' }),
      'status 429 (slow down); it asks to wait 1000000000 s, and more than 120 s are not waited for',
    ],
    [
      'a host that is not known',
      () => {
        throw Object.assign(new TypeError('fetch failed'), {
          cause: Object.assign(new Error('no host'), { code: 'ENOTFOUND' }),
        });
      },
      'the connection failed: ENOTFOUND',
    ],
    [
      'a bad certificate',
      () => {
        throw Object.assign(new TypeError('fetch failed'), {
          cause: Object.assign(new Error('tls'), { code: 'DEPTH_ZERO_SELF_SIGNED_CERT' }),
        });
      },
      'the connection failed: DEPTH_ZERO_SELF_SIGNED_CERT',
    ],
  ])(
    'closed by %s: all that wait and come are told the same, without a request',
    async (_, respond, why) => {
      const { ask, bodies } = portOf(respond, { concurrency: 2 });
      const asks = Array.from({ length: 50 }, () => outcome(ask()));
      expect(new Set(await Promise.all(asks))).toEqual(new Set([`model_fault ${AT} ${why}`]));
      expect(bodies).toHaveLength(2);
      expect(await outcome(ask())).toBe(`model_fault ${AT} ${why}`);
      expect(bodies).toHaveLength(2);
      await ask(never, 'another').catch(() => undefined);
      expect(bodies).toHaveLength(3);
    },
  );

  test('closed also for those that wait to try again', async () => {
    const { ask, bodies, clock } = portOf((_, nth) =>
      nth === 1 ? refusal(429, 'slow down', { 'retry-after': '100' }) : refusal(401, ''),
    );
    const first = outcome(ask());
    await settle();
    await clock.pass(100_000);
    const second = outcome(ask());
    expect(await second).toContain('status 401');
    await clock.pass(250);
    expect(await first).toContain('status 401');
    expect(bodies).toHaveLength(2);
  });

  test('open after what was wrong with one answer', async () => {
    const { ask, bodies } = portOf((_, nth) =>
      nth === 1 ? Response.json({ choices: 'none' }) : answer(),
    );
    expect(await outcome(ask())).toBe(
      `model_fault ${AT} its answer is no chat completion: choices is not a list`,
    );
    expect(await outcome(ask())).toBe('{}');
    expect(bodies).toHaveLength(2);
  });
});

describe('openJudgePort() is interrupted', () => {
  test('before it asks, while it waits and while it is asked, at once and with the reason', async () => {
    const { ask, bodies, clock } = portOf(() => new Promise(() => undefined), { concurrency: 1 });
    const stop = new AbortController();
    const reason = new Error('enough');
    const asks = [ask(stop.signal), ask(stop.signal)];
    await settle();
    stop.abort(reason);
    for (const one of asks) await expect(one).rejects.toBe(reason);
    await expect(ask(stop.signal)).rejects.toBe(reason);
    void ask();
    await settle();
    expect(bodies).toHaveLength(2); // the place is free again
    expect(clock.sleepers()).toBe(0);
  });

  test('after it was answered, which reaches nobody', async () => {
    const signals: (AbortSignal | null | undefined)[] = [];
    const { ask } = portOf((_body, _nth, { signal }) => {
      signals.push(signal);
      return answer();
    });
    const stop = new AbortController();
    await ask(stop.signal);
    stop.abort();
    await settle();
    expect(signals.map((signal) => signal?.aborted)).toEqual([false]);
  });

  test('while it waits to try again', async () => {
    const { ask, clock } = portOf(() => refusal(503, 'busy'));
    const stop = new AbortController();
    const asking = ask(stop.signal);
    await settle();
    expect(clock.sleepers()).toBe(1);
    stop.abort(new Error('enough'));
    await expect(asking).rejects.toThrow('enough');
    expect(clock.sleepers()).toBe(0);
  });

  test('by no answer in time, which comes too late', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    try {
      const aborted: boolean[] = [];
      const { ask, clock } = portOf(
        (_body, _nth, { signal }) =>
          new Promise((resolve, reject) => {
            setTimeout(() => resolve(answer('late')), 5000);
            signal?.addEventListener('abort', () => {
              aborted.push(true);
              reject(new Error('aborted'));
            });
          }),
        { timeout_seconds: 2 },
      );
      const asking = outcome(ask());
      for (let tries = 0; tries < 2; tries++) {
        await settle();
        await vi.advanceTimersByTimeAsync(2000);
        await clock.pass(250);
      }
      await vi.advanceTimersByTimeAsync(5000);
      expect(await asking).toBe(
        `model_fault ${AT} no answer came within 2 s; given up after 2 tries`,
      );
      expect(aborted).toHaveLength(2);
    } finally {
      vi.useRealTimers();
    }
  });

  test('by a signal that ten thousand asks share, with one listener', async () => {
    const { ask } = portOf(() => answer(), { concurrency: 1000 });
    const stop = new AbortController();
    const warned: Error[] = [];
    const warn = (warning: Error) => warned.push(warning);
    process.on('warning', warn);
    await Promise.all(Array.from({ length: 10_000 }, () => ask(stop.signal)));
    await settle();
    process.off('warning', warn);
    expect(warned).toEqual([]);
    expect(getEventListeners(stop.signal, 'abort')).toHaveLength(1);
  });
});
