import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { program, requireFreshBuild } from './built-cli.ts';
import { TASK, writeLiveSuite } from './live-project.ts';
import { emptyFolder, remove } from './temporary-project.ts';

const LONG = { timeout: 120_000 };
const CALL = { type: 'tool_call', tool: 'get_order', args: { order_id: '1042' } };
let folder = '';
let server: Server;
let asked = 0;

/** An http agent at /agent, a model at /v1; slow now and then, so that trials end out of order. */
beforeAll(async () => {
  requireFreshBuild();
  folder = emptyFolder();
  server = createServer(async (request, response) => {
    let text = '';
    for await (const piece of request) text += piece;
    const body = JSON.parse(text);
    await new Promise((resolve) => setTimeout(resolve, (++asked * 7) % 40));
    response.setHeader('content-type', 'application/json');
    response.end(
      JSON.stringify(
        request.url === '/agent'
          ? { answer: answerTo(body.task), steps: [{ ...CALL, tool: 'own_order' }] }
          : completion(body),
      ),
    );
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  writeSuite((server.address() as AddressInfo).port);
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
  remove(folder);
});

const answerTo = (task: string) => (task.endsWith('3') ? 'No.' : 'Refunded.');

function completion({ messages }: { messages: { role: string; content: string }[] }) {
  const called = messages.some(({ role }) => role === 'tool');
  const calls = [
    {
      id: 'call_1',
      type: 'function',
      function: { name: 'get_order', arguments: '{"order_id":"1042"}' },
    },
  ];
  const message = called
    ? { role: 'assistant', content: answerTo(String(messages[0]?.content)) }
    : { role: 'assistant', content: null, tool_calls: calls };
  const usage = { prompt_tokens: 10, completion_tokens: 5 };
  return {
    id: 'x',
    object: 'chat.completion',
    created: 0,
    model: 'gpt-5-mini',
    choices: [{ index: 0, message, finish_reason: 'stop' }],
    usage,
  };
}

function writeSuite(port: number): void {
  const script = [{ calls: [{ get_order: { order_id: '1042' } }] }, 'Refunded.'];
  const shell = (lines: string) => ['/bin/sh', '-c', lines];
  const told = `read start; echo '${JSON.stringify(CALL)}'; read reply; echo '{"type":"answer","content":"Refunded."}'; read end`;
  const record = {
    schema_version: 1,
    suite: 'live',
    task: 't1',
    agent: 'recorded',
    trial: 1,
    steps: [{ type: 'message', role: 'assistant', content: 'Refunded.' }],
    stop: 'completed',
  };
  const agents = {
    recorded: { replay: './r.trajectories.jsonl' },
    scripted: { chat: { model: 'gpt-5-mini' }, script },
    taped: { chat: { model: 'gpt-5-mini' }, recording: './taped.recording.jsonl' },
    program: { command: shell(told) },
    broken: { command: shell('read start; exit 3') },
    remote: { http: { url: `http://127.0.0.1:${port}/agent` } },
    looping: { module: './looping.mjs' },
  };
  const expectation = {
    calls: TASK.expect.calls,
    answer: 'Refunded.',
  };
  const tasks = [1, 2, 3].map((n) => ({
    id: `t${n}`,
    input: `Refund order 1042 of t${n}`,
    trials: 2,
    expect: expectation,
  }));
  const files = {
    'r.trajectories.jsonl': `${JSON.stringify(record)}\n`,
    'good.mjs': `export default async (task, context) => { await context.callTool('get_order', { order_id: '1042' }); return 'Refunded.' };\n`,
    'looping.mjs': `export default async (task, context) => { for (;;) await context.callTool('get_order', { order_id: '1042' }) };\n`,
  };
  writeLiveSuite(folder, {
    agents,
    files,
    more: { tasks, limits: { seconds: 30, tool_calls: 4 } },
  });
  writeFileSync(path.join(folder, 'agentops.config.yaml'), '{}\n');
}

/** Evaluates and gives the JSON report but for ids, times and the folder that it is in. */
async function evaluate(...more: readonly string[]): Promise<unknown> {
  const { port } = server.address() as AddressInfo;
  const env = {
    PATH: process.env['PATH'],
    NO_COLOR: '1',
    CI: '1',
    GIT_DIR: '/dev/null',
    OPENAI_API_KEY: 'k',
    OPENAI_BASE_URL: `http://127.0.0.1:${port}/v1`,
  };
  const args = [program, 'eval', '--quiet', '--reporter', 'json=report.json', ...more];
  const [code, stderr] = await new Promise<[unknown, string]>((resolve) => {
    execFile(process.execPath, args, { cwd: folder, env, timeout: 60_000 }, (thrown, _, told) =>
      resolve([thrown?.code ?? 0, told]),
    );
  });
  expect(code, stderr).toBe(1);
  return withoutTimes(JSON.parse(readFileSync(path.join(folder, 'report.json'), 'utf8')));
}

const TIMES = ['started_at', 'finished_at', 'duration_ms', 'seconds'];

function withoutTimes(report: { run: { id: string } }): unknown {
  const known: unknown = JSON.parse(JSON.stringify(report), (key, value) => {
    if (TIMES.includes(key)) return null;
    return key === 'reason' ? value?.replace(/seconds [0-9.]+/, 'seconds N') : value;
  });
  return {
    ...(known as typeof report),
    run: { ...report.run, id: null, started_at: null, finished_at: null },
  };
}

describe('agentops eval', () => {
  it(
    'gives the same report of every kind of agent, twice and at any concurrency',
    LONG,
    async () => {
      await evaluate('--agent', 'taped', '--record');
      const one = await evaluate('--concurrency', '1');
      expect(await evaluate('--concurrency', '16')).toEqual(one);
      expect(await evaluate('--concurrency', '16')).toEqual(one);
      const { trials } = one as {
        trials: { agent: string; task: string; status: string; stop: string }[];
      };
      const ended = (agent: string) =>
        new Set(
          trials
            .filter((trial) => trial.agent === agent)
            .map(({ status, stop }) => `${status} ${stop}`),
        );
      expect(ended('good')).toEqual(new Set(['pass completed']));
      expect(ended('program')).toEqual(new Set(['pass completed']));
      expect(ended('broken')).toEqual(new Set(['fail agent_error']));
      expect(ended('looping')).toEqual(new Set(['fail limit']));
      for (const agent of ['taped', 'remote'])
        expect(ended(agent), agent).toEqual(new Set(['pass completed', 'fail completed']));
    },
  );
});
