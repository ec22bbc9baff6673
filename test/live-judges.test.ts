import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { requireFreshBuild } from './built-cli.ts';
import { answers, gives, model, nonceIn, verdictFor } from './judge-answers.ts';
import { judge, judged, judgedAs, recorded, verdictOf, writeJudged } from './judged-project.ts';
import {
  type Behaviour,
  completion,
  hangs,
  hangsMidBody,
  json,
  late,
  limits,
  type MisbehavingModel,
  refuses,
  resets,
  resetsMidBody,
  says,
  text,
} from './misbehaving-model.ts';
import { emptyFolder, remove } from './temporary-project.ts';

const LONG = { timeout: 60_000 };
const LIVE = ['eval', '--judge', 'live'];
const RECORDED = ['eval', '--judge', 'recorded'];
/** Answers of models with these names must be there within a second; all others have time. */
const HURRIED = 'hurried-*';

let folder = '';
beforeAll(requireFreshBuild);
beforeEach(() => {
  folder = emptyFolder();
});
afterEach(() => remove(folder));

/** Behaviours by the name of the model, in turn; the last for all that come after. */
type Plan = Readonly<Record<string, readonly Behaviour[]>>;

function planned(plan: Plan): Promise<MisbehavingModel> {
  const times = new Map<unknown, number>();
  return model(({ body: { model: name } }) => {
    const nth = times.get(name) ?? 0;
    times.set(name, nth + 1);
    const turns = plan[String(name)] ?? [];
    return turns[Math.min(nth, turns.length - 1)] ?? refuses(404, { message: 'who?' });
  });
}

const askedOf = ({ asked }: MisbehavingModel, name: string) =>
  asked.filter(({ body }) => body['model'] === name).length;

/** A suite with a judge, a model and a task for each of the plan, asked live and then from the recording. */
async function liveAndRecorded(plan: Plan) {
  const server = await planned(plan);
  const judges = Object.fromEntries(Object.keys(plan).map((name) => [name, judge(name)]));
  const { url } = server;
  writeJudged(
    folder,
    { judges },
    { url, models: { [HURRIED]: { base_url: url, timeout_seconds: 1 } } },
  );
  const live = await judged(folder, ...LIVE);
  const lines = recorded(folder);
  expect(new Set(lines.map(({ key }) => key)).size, 'keys').toBe(lines.length);
  const { connections } = { ...server.counts() };
  const again = await judged(folder, ...RECORDED);
  expect(server.counts().connections, 'connections').toBe(connections);
  expect(recorded(folder)).toEqual(lines);
  return { server, live, again, lines };
}

const good = gives();

describe('eval --judge live', () => {
  it(
    'passes what is answered after trouble that passes, and comes to the same without a connection',
    LONG,
    async () => {
      const soon = () => new Date(Date.now() + 1500).toUTCString();
      const plan: Plan = {
        fine: [good],
        'limit-seconds': [limits({ 'retry-after': '1' }), good],
        'limit-ms': [limits({ 'retry-after-ms': '300' }), good],
        'limit-date': [
          (response, asked) => limits({ 'retry-after': soon() })(response, asked),
          good,
        ],
        'limit-bare': [limits(), good],
        'limit-negative': [limits({ 'retry-after': '-5' }), good],
        500: [refuses(500, { message: 'oh' }), good],
        'page-502': [text('<html>Bad gateway</html>', 502), good],
        503: [refuses(503, { message: 'busy' }), good],
        529: [refuses(529, { message: 'overloaded' }), good],
        reset: [resets, good],
        'reset-mid-body': [resetsMidBody, good],
        'hurried-hang': [hangs, good],
        'hurried-hang-mid-body': [hangsMidBody, good],
        'hurried-late': [late(1200, good), late(600, good)],
      };
      const { server, live, again, lines } = await liveAndRecorded(plan);
      expect(live, live.stdout).toMatchObject({ code: 0 });
      expect(again, again.stdout).toMatchObject({ code: 0 });
      expect(live.seconds).toBeLessThan(20);
      for (const name of Object.keys(plan)) {
        expect.soft(live.trials[name]?.status, name).toBe('pass');
        expect.soft(askedOf(server, name), name).toBe(name === 'fine' ? 1 : 2);
      }
      expect(lines.map(({ judge: name }) => name).sort()).toEqual(Object.keys(plan).sort());
      expect(judgedAs(again)).toEqual(judgedAs(live));
    },
  );

  it('asks once more for what is no verdict, and is undecided after that', LONG, async () => {
    const nonces: string[] = [];
    const cases: readonly (readonly [name: string, Behaviour, why: RegExp])[] = [
      ['two-objects', answers((one) => `${one}\n${one}`), /no single JSON object/],
      ['prose-before', answers((one) => `Here you are: ${one}`), /no single JSON object/],
      ['prose-after', answers((one) => `${one} I hope this helps`), /no single JSON object/],
      [
        'prose-in-fence',
        answers((one) => `\`\`\`json\n${one}\n\`\`\`\nDone`),
        /no single JSON object/,
      ],
      ['list', answers((one) => `[${one}]`), /no single JSON object/],
      ['cut-text', answers((one) => one.slice(0, -5)), /no single JSON object/],
      ['nothing', says(''), /answered nothing/],
      ['null-content', json(completion(null)), /answered nothing/],
      ['other-word', gives({ answer: 'Pass' }), /answered "Pass", expected/],
      ['true', gives({ answer: true }), /answered true, expected/],
      ['list-answer', gives({ answer: ['pass'] }), /answered \["pass"\], expected/],
      ['number-for-word', gives({ answer: 1 }), /answered 1, expected/],
      ['proto', gives({ answer: '__proto__' }), /answered "__proto__", expected/],
      ['too-high', gives({ answer: 6 }), /answered 6, expected/],
      ['too-low', gives({ answer: 0.9 }), /answered 0.9, expected/],
      ['text-for-number', gives({ answer: '4' }), /answered "4", expected/],
      ['infinite', answers((one) => one.replace('"pass"', '1e400')), /answered Infinity, expected/],
      [
        'refusal',
        json(completion(null, { message: { refusal: 'I will not' } })),
        /refused: "I will not"/,
      ],
      [
        'twice',
        answers((one) => one.replace('"answer"', '"answer":"fail","answer"')),
        /a key twice/,
      ],
      [
        'twice-escaped',
        answers((one) => one.replace('"answer"', '"\\u0061nswer":"fail","answer"')),
        /a key twice/,
      ],
      ['more-keys', gives({ confidence: 1 }), /other keys/],
      ['no-nonce', gives({ nonce: undefined }), /other keys/],
      ['wrong-nonce', gives({ nonce: '0'.repeat(32) }), /another nonce/],
      [
        'cut-off',
        (response, asked) =>
          json(completion(JSON.stringify(verdictFor(asked)), { finish_reason: 'length' }))(
            response,
            asked,
          ),
        /was cut off/,
      ],
      [
        'stolen-nonce',
        answers((_, asked) => {
          nonces.push(nonceIn(asked.prompt));
          return JSON.stringify(verdictFor(asked, { nonce: nonces[0] }));
        }),
        /another nonce/,
      ],
    ];
    const scaled = ['too-high', 'too-low', 'text-for-number', 'infinite'];
    // The first asking of the one whose nonce is stolen is another's
    nonces.push('f'.repeat(32));
    const server = await planned(Object.fromEntries(cases.map(([name, one]) => [name, [one]])));
    const judges = Object.fromEntries(
      cases.map(([name]) => [name, judge(name, scaled.includes(name) ? { scale: [1, 5] } : {})]),
    );
    const tasks = cases.map(([name]) => ({
      id: name,
      expect: { judge: { [name]: scaled.includes(name) ? { at_least: 3 } : {} } },
    }));
    writeJudged(folder, { judges, tasks }, server);
    const live = await judged(folder, ...LIVE);
    expect(live, live.stdout).toMatchObject({ code: 3 });
    const printed = live.stdout.replaceAll(/\s+/g, ' ');
    for (const [index, [name, , why]] of cases.entries()) {
      expect.soft(live.trials[name]?.status, name).toBe('error');
      expect
        .soft(verdictOf(live.trials[name]), name)
        .toMatchObject({ status: 'error', score: null });
      expect.soft(verdictOf(live.trials[name])?.reason, name).toMatch(why);
      if (index < 20) expect.soft(printed.replaceAll('\\"', '"'), name).toMatch(why);
      const [first, second, ...rest] = server.asked.filter(({ body }) => body['model'] === name);
      expect.soft(rest, name).toEqual([]);
      expect.soft(first?.prompt, name).not.toContain('Your last answer did not count');
      expect.soft(second?.prompt, name).toContain('Your last answer did not count');
      expect.soft(nonceIn(second?.prompt ?? ''), name).not.toBe(nonceIn(first?.prompt ?? ''));
    }
    const lines = recorded(folder);
    expect(lines).toHaveLength(2 * cases.length);
    expect(new Set(lines.map(({ key }) => key)).size).toBe(lines.length);
    const { connections } = { ...server.counts() };
    const again = await judged(folder, ...RECORDED);
    expect(again).toMatchObject({ code: 3 });
    expect(server.counts().connections).toBe(connections);
    expect(judgedAs(again)).toEqual(judgedAs(live));
    const anew = await judged(folder, ...LIVE);
    expect(anew).toMatchObject({ code: 3 });
    expect(server.asked).toHaveLength(4 * cases.length); // live, they are given another chance
    expect(new Set(recorded(folder).map(({ key }) => key)).size).toBe(4 * cases.length);
    for (const [name] of cases) expect.soft(anew.trials[name]?.status, name).toBe('error');
  });

  it(
    'takes one verdict in a code fence, in parts, with white space around, and a second try',
    LONG,
    async () => {
      const plan: Plan = {
        fenced: [answers((one) => `\`\`\`json\n${one}\n\`\`\``)],
        'fenced-bare': [answers((one) => `\n\`\`\`\n${one}\n\`\`\`\n`)],
        spaces: [answers((one) => `\r\n\t ${one} \n`)],
        parts: [
          (response, asked) =>
            json(completion([{ type: 'text', text: JSON.stringify(verdictFor(asked)) }]))(
              response,
              asked,
            ),
        ],
        'second-try': [says('Well …'), good],
        'second-word': [gives({ answer: 'Passed' }), good],
      };
      const { server, live, again, lines } = await liveAndRecorded(plan);
      expect(live, live.stdout).toMatchObject({ code: 0 });
      expect(again, again.stdout).toMatchObject({ code: 0 });
      expect(lines).toHaveLength(8);
      expect(server.asked).toHaveLength(8);
      expect(judgedAs(again)).toEqual(judgedAs(live));
    },
  );

  it(
    'is undecided where no answer comes, in bounded time, and keeps no line of that',
    LONG,
    async () => {
      const elsewhere = await model(() => good);
      const soon = { 'retry-after-ms': '30' };
      const cases: readonly (readonly [name: string, Behaviour, requests: number, why: RegExp])[] =
        [
          [
            'limit-for-ever',
            limits({ 'retry-after': '1000000000' }),
            1,
            /status 429 \(slow down\); it asks to wait 1000000000 s, and more than 120 s are not waited for/,
          ],
          [
            'limit-2099',
            limits({ 'retry-after': 'Thu, 01 Jan 2099 00:00:00 GMT' }),
            1,
            /more than 120 s are not waited for/,
          ],
          ['limit', limits(soon), 6, /status 429 \(slow down\); given up after 6 tries/],
          [
            '500',
            refuses(500, { message: 'oh' }, soon),
            6,
            /status 500 \(oh\); given up after 6 tries/,
          ],
          ['502', text('<html>Bad gateway</html>', 502, soon), 6, /status 502; given up/],
          ['503', refuses(503, { message: 'busy' }, soon), 6, /status 503 \(busy\); given up/],
          [
            '529',
            refuses(529, { message: 'overloaded' }, soon),
            6,
            /status 529 \(overloaded\); given up/,
          ],
          ['reset', resets, 6, /the connection failed: .*; given up after 6 tries/],
          ['reset-mid-body', resetsMidBody, 6, /the connection failed: .*; given up after 6 tries/],
          ['hurried-hang', hangs, 2, /no answer came within 1 s; given up after 2 tries/],
          ['hurried-hang-mid-body', hangsMidBody, 2, /no answer came within 1 s; given up/],
          ['hurried-late', late(1300, good), 2, /no answer came within 1 s; given up/],
          ['empty', text('', 200), 1, /its answer is empty/],
          ['page', text('<html>Welcome</html>', 200), 1, /its answer is no JSON/],
          ['half', text('{"choices": [{"mess', 200), 1, /its answer is no JSON or is cut off/],
          ['error-200', json({ error: { message: 'oops' } }), 1, /an error with status 200/],
          ['no-choices', json({ id: 'x', choices: [] }), 1, /no chat completion/],
          ['401', refuses(401, { message: 'bad key' }), 1, /it wants a key and none is configured/],
          ['403', refuses(403, { message: 'no' }), 1, /status 403/],
          [
            '402',
            refuses(402, { message: 'pay' }),
            1,
            /status 402 \(pay\); expected an account with quota left/,
          ],
          [
            'quota',
            refuses(429, { message: 'no quota', code: 'insufficient_quota' }),
            1,
            /expected an account with quota left/,
          ],
          [
            'redirect',
            (response) =>
              response.writeHead(307, { location: `${elsewhere.url}/chat/completions` }).end(),
            1,
            /it redirects to .* which is not followed/,
          ],
          ['gone', refuses(404, { message: 'no such model' }), 1, /status 404 \(no such model\)/],
        ];
      const plan = Object.fromEntries(cases.map(([name, one]) => [name, [one]]));
      const { server, live, again, lines } = await liveAndRecorded(plan);
      expect(live, live.stdout).toMatchObject({ code: 3 });
      expect(live.seconds).toBeLessThan(30);
      expect(again, again.stdout).toMatchObject({ code: 3 });
      for (const [name, , requests, why] of cases) {
        expect.soft(live.trials[name]?.status, name).toBe('error');
        expect.soft(verdictOf(live.trials[name])?.reason, name).toMatch(why);
        expect.soft(askedOf(server, name), name).toBe(requests);
        expect.soft(again.trials[name]?.status, name).toBe('error');
        expect
          .soft(verdictOf(again.trials[name])?.reason, name)
          .toMatch(/never asked this; run with --judge live/);
      }
      expect(lines).toEqual([]);
      expect(elsewhere.counts().connections).toBe(0);
    },
  );
});
