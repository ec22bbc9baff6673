import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import net, { type AddressInfo } from 'node:net';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type RanTrial, runLive, TASK } from './live-project.ts';
import { emptyFolder, remove } from './temporary-project.ts';

const LONG = { timeout: 60_000 };
const MEBIBYTE = 1024 * 1024;
let folder = '';
beforeEach(() => {
  folder = emptyFolder();
});
afterEach(() => remove(folder));

type Behave = (
  response: ServerResponse,
  asked: { readonly trial: string; readonly endpoints: Readonly<Record<string, string>> },
  time: number,
) => unknown;

const behaviours = new Map<string, Behave>();
const times = new Map<string, number>();
let server: Server;
beforeAll(async () => {
  server = createServer((request, response) => {
    response.on('error', () => undefined);
    serve(request, response).catch(() => response.destroy());
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});

async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
  let text = '';
  for await (const piece of request) text += piece;
  const name = request.url?.slice(1) ?? '';
  times.set(name, (times.get(name) ?? 0) + 1);
  await behaviours.get(name)?.(response, JSON.parse(text), times.get(name) ?? 0);
}

/** Runs agents that answer in some way, beside the good one. */
async function run(
  behaves: Readonly<Record<string, Behave>>,
  limits: object = { seconds: 20 },
  tasks: readonly object[] = [TASK],
): Promise<Record<string, RanTrial>> {
  const { port } = server.address() as AddressInfo; // it listens on a port
  for (const [name, behave] of Object.entries(behaves)) behaviours.set(name, behave);
  const agents = Object.keys(behaves).map((name) => [
    name,
    { http: { url: `http://127.0.0.1:${port}/${name}` } },
  ]);
  const started = performance.now();
  const ran = await runLive(folder, {
    agents: Object.fromEntries(agents),
    more: { limits, tasks },
  });
  if (tasks[0] === TASK)
    expect.soft(ran['good'], String(why(ran['good']))).toMatchObject({ status: 'pass' });
  expect.soft((performance.now() - started) / 1000, 'seconds').toBeLessThan(30);
  return ran;
}

const CALL = { type: 'tool_call', tool: 'own_order', args: { order_id: '1042' } };
const ANSWER = { answer: 'Refunded.' };
const json = (response: ServerResponse, body: unknown, status = 200) => {
  response.writeHead(status, { 'content-type': 'application/json' });
  response.end(typeof body === 'string' ? body : JSON.stringify(body));
};
const events = (response: ServerResponse, ...lines: string[]) => {
  response.writeHead(200, { 'content-type': 'text/event-stream' });
  response.end(lines.join('\n'));
};
/** Writes for as long as somebody reads. */
async function forEver(response: ServerResponse, piece: string, type: string): Promise<void> {
  response.writeHead(200, { 'content-type': type });
  while (!response.destroyed) {
    const wait = response.write(piece) ? 0 : 5;
    await new Promise((resolve) => setTimeout(resolve, wait));
  }
}
const why = (trial: RanTrial | undefined) =>
  trial?.reason ?? trial?.verdicts.find(({ path }) => path === 'expect.stop')?.reason;

describe('an http agent', () => {
  it(
    'is in error where it is not the agent that answers, or it ran a mocked tool itself',
    LONG,
    async () => {
      const ran = await run({
        forbidden: (response) => json(response, 'No', 403),
        redirect: (response) => response.writeHead(302, { location: '/good' }).end(),
        'no-content': (response) => response.writeHead(204).end(),
        itself: (response) =>
          json(response, { ...ANSWER, steps: [{ ...CALL, tool: 'get_order' }] }),
      });
      const { good: _, ...bad } = ran;
      for (const [name, trial] of Object.entries(bad)) {
        expect.soft(trial, `${name}: ${why(trial)}`).toMatchObject({ status: 'error', stop: null });
      }
      expect(why(ran['itself'])).toContain('the agent answered it itself');
    },
  );

  it('fails where it answers, but not as an agent should', LONG, async () => {
    const nested = `${'['.repeat(1e5)}${']'.repeat(1e5)}`;
    const ran = await run({
      failing: (response) => json(response, { error: 'Oh' }, 500),
      missing: (response) => json(response, 'No', 404),
      broken: (response) => json(response, '{"answer": "Refun'),
      empty: (response) => json(response, ''),
      number: (response) => json(response, { answer: 7 }),
      latin: (response) => response.end(Buffer.from([0x22, 0xff, 0x22])),
      deep: (response) => json(response, `{"answer":"x","steps":${nested}}`),
      approves: (response) =>
        json(response, { ...ANSWER, steps: [CALL, { type: 'approval', decision: 'approve' }] }),
      'as-user': (response) => json(response, { ...ANSWER, steps: [{ ...CALL, actor: 'user' }] }),
      foreign: (response) => json(response, { ...ANSWER, steps: [{ ...CALL, trial: 'x' }] }),
      'no-end': (response) => events(response, `data: ${JSON.stringify(CALL)}`, '', ''),
      late: (response) =>
        events(
          response,
          'data: {"type":"answer","content":"Refunded."}',
          '',
          `data: ${JSON.stringify(CALL)}`,
          '',
          '',
        ),
    });
    const { good: _, ...bad } = ran;
    for (const [name, trial] of Object.entries(bad)) {
      expect
        .soft(trial, `${name}: ${why(trial)}`)
        .toMatchObject({ status: 'fail', stop: 'agent_error' });
    }
    expect(why(ran['failing'])).toMatch(/answered with 500: .*Oh/);
    expect(why(ran['late'])).toMatch(/after it was done/);
    expect(why(ran['deep'])).toMatch(/levels/);
  });

  it('fails where its answer has no end, and memory stays bounded', LONG, async () => {
    const before = process.memoryUsage.rss();
    const ran = await run(
      {
        whole: (response) => forEver(response, 'x'.repeat(65_536), 'application/json'),
        line: (response) => forEver(response, 'x'.repeat(65_536), 'text/event-stream'),
        comments: (response) => forEver(response, ':\n\n'.repeat(9999), 'text/event-stream'),
        said: (response) =>
          forEver(
            response,
            `data: {"type":"message","content":"${'x'.repeat(9999)}"}\n\n`,
            'text/event-stream',
          ),
        slow: async (response) => {
          response.writeHead(200, { 'content-type': 'application/json' });
          for (let n = 0; n < 100 && !response.destroyed; n++) {
            response.write(' ');
            await new Promise((resolve) => setTimeout(resolve, 200));
          }
        },
        silent: () => undefined,
        refusing: (response) => {
          response.writeHead(500);
          response.write('x'); // and nothing more
        },
      },
      { seconds: 3 },
    );
    const { good: _, whole, line, ...late } = ran;
    for (const trial of [whole, line]) expect.soft(trial?.status, String(why(trial))).toBe('fail');
    for (const [name, trial] of Object.entries(late)) {
      expect.soft(trial, name).toMatchObject({ status: 'fail', stop: 'limit' });
    }
    expect((process.memoryUsage.rss() - before) / MEBIBYTE).toBeLessThan(600);
  });

  it('is in error where it cannot be reached', LONG, async () => {
    const closed = net.createServer().listen(0, '127.0.0.1');
    await once(closed, 'listening');
    const { port } = closed.address() as AddressInfo; // it listens on a port
    closed.close();
    const agents = { away: { http: { url: `http://127.0.0.1:${port}/` } } };
    const { away, good } = await runLive(folder, { agents });
    expect(away).toMatchObject({ status: 'error', reason: expect.stringMatching(/ECONNREFUSED/) });
    expect(good).toMatchObject({ status: 'pass' });
    const { cut } = await run({
      cut: (response) => {
        response.writeHead(200, { 'content-type': 'application/json', 'content-length': '99' });
        response.write('{"answer":');
        setTimeout(() => response.destroy(), 50);
      },
    });
    expect(cut).toMatchObject({ status: 'error', reason: expect.stringMatching(/to its end/) });
  });

  it('is waited for where it is busy, and that does not count', LONG, async () => {
    const { busy } = await run(
      {
        busy: (response, _, time) => {
          if (time > 1) return json(response, { ...ANSWER, steps: [CALL] });
          response.setHeader('retry-after', '1');
          return json(response, {}, 429);
        },
      },
      { seconds: 0.9 },
    );
    expect(busy, String(why(busy))).toMatchObject({ status: 'pass' });
  });

  it('may answer in any form of server-sent events', LONG, async () => {
    const told = [CALL, { type: 'answer', content: 'Refunded.' }].map((one) => JSON.stringify(one));
    const forms: Record<string, Behave> = {
      lf: (response) => events(response, ...told.flatMap((one) => [`data: ${one}`, '']), ''),
      crlf: (response) => events(response, ...told.flatMap((one) => [`data: ${one}\r`, '\r']), ''),
      bare: (response) => events(response, ...told.flatMap((one) => [`data:${one}`, '']), ''),
      named: (response) =>
        events(
          response,
          ': hello',
          'retry: 9',
          '',
          ...told.flatMap((one) => ['event: x', 'id: 1', `data: ${one}`, '']),
          'data: [DONE]',
          '',
          '',
        ),
      split: (response) =>
        events(
          response,
          ...told.flatMap((one) => [
            ...one
              .replaceAll(',', ',\n')
              .split('\n')
              .map((line) => `data: ${line}`),
            '',
          ]),
          '',
        ),
      unended: (response) => events(response, ...told.flatMap((one) => ['', `data: ${one}`])),
    };
    const ran = await run(forms);
    for (const name of Object.keys(forms)) {
      expect
        .soft(ran[name], `${name}: ${why(ran[name])}`)
        .toMatchObject({ status: 'pass', tool_calls: 1 });
    }
  });

  it(
    'does not count as watched where it only says that all went well, be it once',
    LONG,
    async () => {
      const { quiet } = await run({ quiet: (response) => json(response, ANSWER) });
      expect(quiet).toMatchObject({ status: 'error' });
      const conversation = ['Refund it.', 'Thanks.'];
      const task = { id: 'two', conversation, expect: { never: ['wipe'] } };
      const steps = [CALL];
      const ran = await run(
        {
          open: (response) => json(response, { ...ANSWER, steps }),
          first: (response, _, time) => json(response, time === 1 ? { ...ANSWER, steps } : ANSWER),
          second: (response, _, time) => json(response, time === 2 ? { ...ANSWER, steps } : ANSWER),
        },
        undefined,
        [task],
      );
      expect(ran['open']).toMatchObject({ status: 'pass' });
      for (const name of ['first', 'second'])
        expect(ran[name], name).toMatchObject({ status: 'error' });
    },
  );
});

describe('the endpoints of a trial', () => {
  it('stand what a hostile agent sends to them', LONG, async () => {
    const post = (url: string, body: string) => fetch(url, { method: 'POST', body });
    const before = process.memoryUsage.rss();
    const seen: Record<string, unknown> = {};
    const ran = await run({
      fat: async (response, { endpoints }) => {
        const order_id = 'x'.repeat(7 * MEBIBYTE);
        for (let n = 0; n < 100; n++) {
          const { status } = await post(
            `${endpoints['AGENTOPS_EVAL_TOOLS_URL']}/get_order`,
            JSON.stringify({ order_id }),
          );
          if (status !== 200) break;
        }
        json(response, ANSWER);
      },
      loris: async (response, { endpoints }) => {
        const { port, pathname } = new URL(endpoints['OPENAI_BASE_URL'] ?? '');
        const sockets = Array.from({ length: 300 }, () => net.connect(Number(port), '127.0.0.1'));
        for (const socket of sockets) {
          socket.on('error', () => undefined);
          socket.write(
            `POST ${pathname}/chat/completions HTTP/1.1\r\nhost: localhost\r\ncontent-length: 9\r\n\r\n{`,
          );
        }
        await post(`${endpoints['AGENTOPS_EVAL_TOOLS_URL']}/get_order`, '{"order_id":"1042"}');
        json(response, ANSWER);
        setTimeout(() => sockets.map((socket) => socket.destroy()), 1000);
      },
      reaching: async (response, { trial, endpoints }) => {
        const { origin } = new URL(endpoints['OPENAI_BASE_URL'] ?? '');
        const own = endpoints['AGENTOPS_EVAL_TOOLS_URL'] ?? '';
        const elsewhere = [
          `${origin}/t/${trial}/tools/get_order`,
          `${own.replace(trial, '0'.repeat(16))}/get_order`,
          `${own}/../../x/tools/get_order`,
        ];
        seen['elsewhere'] = await Promise.all(
          elsewhere.map(async (url) => (await post(url, '{}')).status),
        );
        const deep = `{"order_id":${'['.repeat(1e5)}${']'.repeat(1e5)}}`;
        seen['odd'] = await Promise.all(
          [deep, '{"a":NaN}', '\u0000', '{"__proto__":{"order_id":"1"}}'].map(
            async (body) => (await post(`${own}/get_order`, body)).status,
          ),
        );
        await post(`${own}/get_order`, '{"order_id":"1042"}');
        json(response, ANSWER);
      },
    });
    expect.soft(ran['fat'], 'fat').toMatchObject({ status: 'fail', stop: 'limit', limit: 'bytes' });
    expect.soft(ran['loris'], String(why(ran['loris']))).toMatchObject({ status: 'pass' });
    expect.soft(ran['reaching'], String(why(ran['reaching']))).toMatchObject({ status: 'pass' });
    expect(seen).toEqual({ elsewhere: [404, 404, 404], odd: [400, 400, 400, 200] });
    expect((process.memoryUsage.rss() - before) / MEBIBYTE).toBeLessThan(900);
  });
});
