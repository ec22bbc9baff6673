import { describe, expect, test } from 'vitest';
import type { ModelReply } from '../model/exchange.ts';
import type { Tools } from '../model/tool.ts';
import type { Step } from '../model/trajectory.ts';
import type { ToolAnswer } from '../tools/tool-host.ts';
import { openSession } from './open-session.ts';
import type { SessionOptions } from './session-state.ts';

const OK: ToolAnswer = { result: 'ok' };
const TOOLS: Tools = { wipe: { mock: { kind: 'entries', entries: [] } } };

interface Answers {
  readonly model?: (signal: AbortSignal) => Promise<ModelReply>;
  readonly tool?: (signal: AbortSignal) => Promise<ToolAnswer>;
}

/** A session whose clock stands still but for its timers, which `elapse` lets go off. */
function sessionOf(
  { model = async () => turn([]), tool = async () => OK }: Answers,
  more: Partial<SessionOptions> = {},
) {
  const timers = new Set<() => void>();
  const session = openSession({
    trial: { id: 't', suite: 's', task: 't', agent: 'a', attack: null, trial: 1 },
    tools: TOOLS,
    mocks: { call: ({ signal }) => tool(signal), refuses: () => null, world: {} },
    source: { ask: (_, { signal }) => model(signal), close: async () => undefined },
    ceilings: {},
    costOf: () => null,
    now: () => 0,
    after: (_, run) => {
      timers.add(run);
      return () => void timers.delete(run);
    },
    signal: new AbortController().signal,
    ...more,
  });
  return { session, elapse: () => timers.forEach((run) => void run()) };
}

function turn(names: readonly string[], say: string | null = null): ModelReply {
  const tool_calls = names.map((name, at) => ({ id: `m${at}`, function: { name, arguments: '' } }));
  return { status: 200, body: { choices: [{ message: { content: say, tool_calls } }] } };
}

const ask = (results: readonly object[] = []) =>
  ({
    dialect: 'chat',
    body: { model: 'm', messages: [{ role: 'user', content: 'Hi' }, ...results] },
  }) as const;
const stepsOf = (steps: readonly Step[]) => steps.map(({ at_ms: _, ...step }) => step);

describe('openSession() records', () => {
  test('a call under the name of the declared tool where the model puts that of a server before it', async () => {
    const names = ['mcp__shop__wipe', 'shop.wipe', 'my_wipe', 'wipe'];
    const { session } = sessionOf({ model: async () => turn(names) });
    await session.askModel(ask());
    const calls = session.steps.filter(({ type }) => type === 'tool_call');
    expect(calls.map(({ tool, requested_tool }) => [tool, requested_tool])).toEqual([
      ['wipe', 'mcp__shop__wipe'],
      ['wipe', 'shop.wipe'],
      ['my_wipe', undefined],
      ['wipe', undefined],
    ]);
  });

  test('such a call as passed by where the agent answers it itself', async () => {
    const { session } = sessionOf({ model: async () => turn(['mcp__shop__wipe']) });
    await session.askModel(ask());
    const handed = ask([{ role: 'tool', tool_call_id: 'm0', content: 'ok' }]);
    await expect(session.askModel(handed)).rejects.toThrow('the agent answered it itself');
    expect(session.halted()).toMatchObject({ kind: 'fault' });
    expect(session.steps.some(({ type }) => type === 'tool_result')).toBe(false);
  });

  test('what the endpoint ran itself as a call of its own, which no call of the agent is taken for', async () => {
    const output = [{ type: 'mcp_call', id: 'x', name: 'wipe', arguments: '{}', output: 'ok' }];
    const { session } = sessionOf({ model: async () => ({ status: 200, body: { output } }) });
    await session.askModel({ dialect: 'responses', body: { model: 'm', input: 'Hi' } });
    await session.callTool({ tool: 'wipe', args: {} });
    const calls = session.steps.filter(({ type }) => type === 'tool_call');
    expect(calls.map(({ tool, hosted }) => [tool, hosted])).toEqual([
      ['wipe', true],
      ['wipe', undefined],
    ]);
  });
});

describe('openSession() counts', () => {
  test('what an agent tells that a turn cost, for the run', () => {
    const spent: number[] = [];
    const { session } = sessionOf({}, { needsCost: true, spend: (usd) => spent.push(usd) });
    session.record({ type: 'model', model: 'm', cost_usd: 2 });
    expect(spent).toEqual([2]);
    expect(session.halted()).toBe(null);
  });

  test.each([{ needsCost: true }, { ceilings: { cost_usd: 1 } }])(
    'no cost that is not told, where one is needed: %j',
    (more) => {
      const { session } = sessionOf({}, more);
      session.record({ type: 'model', model: 'm' });
      expect(session.halted()).toMatchObject({ kind: 'fault' });
    },
  );
});

describe('settle()', () => {
  test('waits for a call that the agent did not wait for, and its fault is one of the trial', async () => {
    let fail: (why: Error) => void = () => undefined;
    const tool = () => new Promise<ToolAnswer>((_, reject) => (fail = reject));
    const { session } = sessionOf({ tool });
    session.callTool({ tool: 'wipe', args: {} }).catch(() => undefined);
    const settled = session.settle();
    fail(new Error('The mock broke'));
    await settled;
    expect(session.halted()).toMatchObject({ kind: 'fault', error: { message: 'The mock broke' } });
  });

  test('waits no longer than its time, and closing ends what is still under way', async () => {
    let given: AbortSignal | undefined;
    const tool = (signal: AbortSignal) => {
      given = signal;
      return new Promise<ToolAnswer>(() => undefined);
    };
    const { session, elapse } = sessionOf({ tool });
    session.callTool({ tool: 'wipe', args: {} }).catch(() => undefined);
    const settled = session.settle();
    elapse();
    await settled;
    expect(session.halted()).toBe(null);
    expect(given?.aborted).toBe(false);
    session.close();
    expect(given?.aborted).toBe(true);
  });

  test('counts a turn that comes late, and nothing that nobody heard', async () => {
    let answer: (reply: ModelReply) => void = () => undefined;
    const model = () => new Promise<ModelReply>((resolve) => (answer = resolve));
    const spent: number[] = [];
    const { session } = sessionOf({ model }, { spend: (usd) => spent.push(usd) });
    session.askModel(ask()).catch(() => undefined);
    session.record({ type: 'message', role: 'assistant', content: 'Done' });
    const settled = session.settle();
    answer({ ...turn(['wipe'], 'Late'), cost_usd: 3 });
    await settled;
    expect(stepsOf(session.steps)).toEqual([
      { type: 'message', role: 'assistant', content: 'Done' },
      { type: 'model', model: '', cost_usd: 3 },
    ]);
    expect(spent).toEqual([3]);
  });

  test('makes the trial an error where a cost is needed that never came', async () => {
    const model = () => new Promise<ModelReply>(() => undefined);
    const { session, elapse } = sessionOf({ model }, { needsCost: true });
    session.askModel(ask()).catch(() => undefined);
    const settled = session.settle();
    elapse();
    await settled;
    expect(session.halted()).toMatchObject({ kind: 'fault' });
  });
});
