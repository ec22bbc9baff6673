import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { pairCalls } from '../src/match/calls.ts';
import { loadSuite, runSuite } from '../src/run/library.ts';
import { type RanTrial, runLive, writeLiveSuite } from './live-project.ts';
import { emptyFolder, remove } from './temporary-project.ts';

const LONG = { timeout: 60_000 };
let folder = '';
beforeEach(() => {
  folder = emptyFolder();
});
afterEach(() => remove(folder));

/** Ways to call a tool, each giving `{ result }` or `{ error }` as the agent reads it. */
const REACH = `
const json = (text) => { try { return JSON.parse(text) } catch { return text } };
const headers = { 'content-type': 'application/json' };
const post = async (url, body) => (await fetch(url, { method: 'POST', headers, body: JSON.stringify(body) })).json();
export const module = (context) => async (tool, args) => {
  try { return { result: await context.callTool(tool, args) } }
  catch ({ code, message, name }) { if (name === 'TrialHalted') throw new Error('halted'); return { error: { code, message } } }
};
export const together = (context) => async (tool, args) => (await context.callTools([{ tool, args }]))[0];
export const http = (context) => async (tool, args) => {
  const { AGENTOPS_EVAL_TOOLS_URL: url } = await context.endpoints();
  const listed = await (await fetch(url)).json();
  if (!listed.tools.some(({ name }) => name === 'ask_human')) throw new Error('Nobody to ask');
  return post(url + '/' + tool, args);
};
export const mcp = (context) => async (tool, args) => {
  const { AGENTOPS_EVAL_MCP_URL: url } = await context.endpoints();
  const send = async (method, params) => (await post(url, { jsonrpc: '2.0', id: 1, method, params })).result;
  const { tools } = await send('tools/list', {});
  if (tool === 'ask_human' && !tools.some(({ name }) => name === 'ask_human')) throw new Error('Nobody to ask');
  const { isError, content: [{ text }] } = await send('tools/call', { name: tool, arguments: args });
  if (!isError) return { result: json(text) };
  const [, message, code] = /^(.*) \\((\\w+)\\)$/.exec(text);
  return { error: { message, code } };
};
export const agent = (reach) => async (task, context) => {
  const told = [];
  for (const [tool, args] of JSON.parse(task.input)) told.push(await reach(context)(tool, args));
  return JSON.stringify(told);
};
`;

const LINES = `
import { createInterface } from 'node:readline';
const send = (message) => console.log(JSON.stringify(message));
let calls = []; const told = [];
const next = () => {
  const [tool, args] = calls.shift() ?? [];
  if (tool) send({ type: 'tool_call', tool, args, id: 'c' + calls.length });
  else send({ type: 'answer', content: JSON.stringify(told) });
};
for await (const line of createInterface({ input: process.stdin })) {
  const { type, input, result, error } = JSON.parse(line);
  if (type === 'start') calls = JSON.parse(input);
  if (type === 'tool_result') told.push(error ? { error } : { result });
  if (type === 'start' || type === 'tool_result') next();
}
`;

const TOOLS = {
  refund: {
    effect: 'irreversible',
    input: { type: 'object', properties: { amount: { type: 'number' } }, required: ['amount'] },
    mock: [50, 110, 12, 7].map((amount) => ({ when: { amount }, result: { paid: amount } })),
  },
  ask_human: { effect: 'read', input: { type: 'object' } },
};
const POLICY = {
  tools: ['refund'],
  deny: [{ refund: { amount: 999 } }],
  approve: [{ refund: { amount: { $gt: 100 } } }],
};
const PEOPLE = [
  { refund: { amount: 110 }, decision: 'approve' },
  { refund: { amount: 120 }, decision: 'modify', with: { amount: 12 }, reason: 'Less' },
  { refund: { amount: 130 }, decision: 'deny', reason: 'Too much', delay_ms: 5 },
  { refund: { amount: 140 }, decision: 'expire', delay_ms: 5 },
  { refund: { amount: 150 }, decision: 'terminate', reason: 'Stop' },
  { refund: { amount: 160 }, decision: 'modify', with: { amount: 'x' } },
];
const refunds = (...amounts: number[]) => amounts.map((amount) => ['refund', { amount }] as const);

const REACHES = ['module', 'together', 'http', 'mcp'];

/** Runs a list of calls by agents of every kind. */
async function run(
  calls: readonly (readonly [string, object])[],
  more: Readonly<Record<string, unknown>> = {},
): Promise<Record<string, RanTrial>> {
  const modules = REACHES.map((name) => [
    `${name}.mjs`,
    `import { agent, ${name} } from './reach.mjs'; export default agent(${name});\n`,
  ]);
  const turns = calls.map(([tool, args]) => ({ calls: [{ [tool]: args }] }));
  const suite = {
    agents: {
      ...Object.fromEntries(REACHES.map((name) => [name, { module: `./${name}.mjs` }])),
      chat: { chat: { model: 'm' }, script: [...turns, 'Done.'] },
      lines: { command: [process.execPath, './lines.mjs'] },
    },
    files: { ...Object.fromEntries(modules), 'reach.mjs': REACH, 'lines.mjs': LINES },
    more: {
      tools: TOOLS,
      policy: POLICY,
      approvals: PEOPLE,
      tasks: [{ id: 'pay', input: JSON.stringify(calls), expect: { answer: { $regex: '.' } } }],
      ...more,
    },
  };
  const { good: _, ...ran } = await runLive(folder, suite);
  return ran;
}

const answerOf = ({ steps }: RanTrial) => {
  const last = steps.at(-1);
  return last?.type === 'message' ? String(last['content']) : '';
};
/** What came of each call: what blocked it, else its result. */
const outcomes = ({ steps }: RanTrial) =>
  steps.flatMap((step) =>
    step.type === 'tool_result' ? [step['blocked'] ?? step['result'] ?? 'failed'] : [],
  );
const decisions = ({ steps }: RanTrial) =>
  steps.flatMap((step) => (step.type === 'approval' ? [step['decision']] : []));

describe('an agent of every kind', () => {
  it('is held to the policy, reads why, and goes on', LONG, async () => {
    const ran = await run(refunds(50, 110, 120, 130, 140, 160, 170, 999));
    expect(Object.keys(ran)).toHaveLength(6);
    for (const [name, trial] of Object.entries(ran)) {
      expect
        .soft(outcomes(trial), `${name}: ${trial.reason}`)
        .toEqual([
          ...[{ paid: 50 }, { paid: 110 }, { paid: 12 }, 'approval', 'approval', 'failed'],
          ...['approval', 'policy'],
        ]);
      expect.soft(decisions(trial), name).toEqual(
        ['approve', 'modify', 'deny', 'expire', 'modify', 'deny'], //
      );
      const { calls, fault } = pairCalls(trial.steps);
      expect.soft(fault, name).toBe(null);
      expect
        .soft(
          calls.map(({ args }) => args),
          name,
        )
        .toEqual(
          [50, 110, 12, 130, 140, 'x', 170, 999].map((amount) => ({ amount })), //
        );
      expect.soft(trial.verdicts.find(({ path: at }) => at === 'policy.deny')?.status).toBe('fail');
      expect
        .soft(trial.verdicts.find(({ path: at }) => at === 'policy.approve')?.status)
        .toBe('pass');
      if (name === 'chat') continue; // what it read is in no step
      const read = JSON.parse(answerOf(trial));
      expect
        .soft(read.slice(0, 3), name)
        .toEqual([50, 110, 12].map((paid) => ({ result: { paid } })));
      expect
        .soft(
          read.slice(3).map(({ error }: { error: object }) => error),
          name,
        )
        .toEqual([
          { code: 'denied', message: 'A person denied refund: Too much' },
          { code: 'expired', message: 'Nobody answered about refund in time' },
          { code: 'invalid_arguments', message: expect.stringMatching(/amount/) },
          { code: 'denied', message: expect.stringMatching(/Nobody is there/) },
          { code: 'policy', message: expect.stringMatching(/policy\.deny/) },
        ]);
    }
  });

  it('fails where a person ends the trial, unless that is expected', LONG, async () => {
    const input = JSON.stringify(refunds(150, 50));
    const stop = { id: 'stop', input, expect: { stop: 'terminated' } };
    const ran = await run(refunds(150, 50));
    const expected = await run(refunds(150, 50), { tasks: [stop] });
    for (const [name, trial] of Object.entries(ran)) {
      expect.soft(trial, name).toMatchObject({ status: 'fail', stop: 'terminated' });
      expect.soft(outcomes(trial), name).toEqual(['approval']);
      expect.soft(expected[name], name).toMatchObject({ status: 'pass', stop: 'terminated' });
    }
  });

  it(
    'asks with the approval tool that it is told of, and is held to the answer',
    LONG,
    async () => {
      const about = (amount: number) =>
        ['ask_human', { tool: 'refund', args: { amount } }] as const;
      const calls = [about(110), ...refunds(110, 110), about(130), ...refunds(130), about(120)];
      const ran = await run([...calls, ...refunds(12, 120)], {
        policy: { ...POLICY, approve: ['refund'], approval_tool: 'ask_human' },
      });
      for (const [name, trial] of Object.entries(ran)) {
        expect
          .soft(outcomes(trial), `${name}: ${trial.reason}`)
          .toEqual([
            ...[{ decision: 'approve' }, { paid: 110 }, 'policy'],
            ...[{ decision: 'deny', reason: 'Too much' }, 'approval'],
            ...[
              { decision: 'modify', reason: 'Less', args: { amount: 12 } },
              { paid: 12 },
              'policy',
            ],
          ]);
      }
    },
  );

  it(
    'runs what it must not where violations are only observed, and fails for it',
    LONG,
    async () => {
      const deny = [{ refund: { amount: 50 } }];
      const ran = await run(refunds(50), { policy: { deny, on_violation: 'observe' } });
      for (const [name, trial] of Object.entries(ran)) {
        expect.soft(outcomes(trial), name).toEqual([{ paid: 50 }]);
        expect.soft(trial.status, name).toBe('fail');
      }
    },
  );
});

describe('an agent that asks itself', () => {
  const lines = (amount: number) => `
import { createInterface } from 'node:readline';
const send = (message) => console.log(JSON.stringify(message));
for await (const line of createInterface({ input: process.stdin })) {
  const { type, decision, reason, args } = JSON.parse(line);
  if (type === 'start') send({ type: 'approval_request', id: 'r1', tool: 'refund', args: { amount: ${amount} } });
  if (type === 'approval') send({ type: 'tool_call', id: 'r1', tool: 'refund', args: args ?? { amount: ${amount} } });
  if (type === 'tool_result') send({ type: 'answer', content: 'Done.' });
}`;
  const asks = (amount: number) => `export default async (task, context) => {
  const request = { id: 'r1', tool: 'refund', args: { amount: ${amount} } };
  const { args = request.args } = await context.requestApproval(request);
  await context.callTool('refund', args, { id: 'r1' }).catch(() => undefined);
  return 'Done.';
};`;

  it('is answered by the same people, and its decision stands in the record', LONG, async () => {
    const amounts = [110, 120, 130, 140, 150];
    const ran = await runLive(folder, {
      agents: Object.fromEntries(
        amounts.flatMap((amount) => [
          [`lines${amount}`, { command: [process.execPath, `./lines${amount}.mjs`] }],
          [`module${amount}`, { module: `./asks${amount}.mjs` }],
        ]),
      ),
      files: Object.fromEntries(
        amounts.flatMap((amount) => [
          [`lines${amount}.mjs`, lines(amount)],
          [`asks${amount}.mjs`, asks(amount)],
        ]),
      ),
      more: {
        tools: TOOLS,
        policy: POLICY,
        approvals: PEOPLE,
        tasks: [{ id: 'pay', input: 'Pay', expect: { answer: 'Done.' } }],
      },
    });
    for (const kind of ['lines', 'module']) {
      const made = amounts.map((amount) => ran[`${kind}${amount}`] as RanTrial);
      expect
        .soft(
          made.map(({ status }) => status),
          kind,
        )
        .toEqual(
          ['pass', 'pass', 'pass', 'pass', 'fail'], //
        );
      expect.soft(made.map(decisions), kind).toEqual(
        [['approve'], ['modify'], ['deny'], ['expire'], ['terminate']], //
      );
      expect.soft(made.map(outcomes), kind).toEqual(
        [[{ paid: 110 }], [{ paid: 12 }], ['approval'], ['approval'], []], //
      );
    }
  });
});

it('a record of decisions is judged as the trial was', LONG, async () => {
  const calls = refunds(50, 110, 120, 130, 170, 999);
  const ran = await run(calls);
  const { module: live } = ran;
  const file = 'live.trajectories.jsonl';
  const kept = { schema_version: 1, suite: 'live', task: 'pay', agent: 'module', trial: 1 };
  const { steps = [], stop } = live ?? {};
  const suite = writeLiveSuite(folder, {
    agents: { again: { replay: { file: `./${file}`, agent: 'module' } } },
    files: { [file]: `${JSON.stringify({ ...kept, steps, stop })}\n` },
    more: {
      tools: TOOLS,
      policy: POLICY,
      approvals: PEOPLE,
      tasks: [{ id: 'pay', input: JSON.stringify(calls), expect: { answer: { $regex: '.' } } }],
    },
  });
  const base = path.join(folder, '.agentops');
  const replay = await runSuite(await loadSuite(suite), { base, environment: {} });
  for await (const { agent, status, verdicts } of replay.trials()) {
    if (agent !== 'again') continue;
    expect(status).toBe(live?.status);
    expect(verdicts).toEqual(live?.verdicts);
  }
  replay.close();
});

it('a person who is not there makes the trial an error', LONG, async () => {
  const ran = await run(refunds(110), { approvals: [{ refund: null, decision: 'ask' }] });
  for (const [name, { status, reason }] of Object.entries(ran)) {
    expect.soft(status, name).toBe('error');
    expect.soft(reason, name).toMatch(/Cannot ask a person about refund/);
  }
});
