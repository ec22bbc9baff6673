import { describe, expect, it } from 'vitest';
import { AgentopsError } from '../errors.ts';
import { haltOf, type MadeTurn, testSession } from './session.test-support.ts';

const usage = { input_tokens: 60, output_tokens: 40 };
const calling = (id: string): MadeTurn => ({ calls: [{ id, tool: 'get', args: {} }] });
const limit = (name: string) => ({ kind: 'limit', limit: name });

describe('openSession()', () => {
  it('allows the turns of a ceiling and no more, and asks no model beyond them', async () => {
    const session = testSession({
      ceilings: { turns: 2 },
      turns: [{ say: 'a' }, { say: 'b' }, { say: 'c' }],
    });
    await session.ask();
    await session.ask();
    expect(session.halted()).toBe(null);
    expect(session.near()).toEqual([{ ceiling: 'turns', used: 2, most: 2 }]);
    expect(await haltOf(session.ask())).toBe('turns');
    expect(session.told().filter(({ type }) => type === 'model')).toHaveLength(2);
  });

  it('does not count calls before the first exchange as turns of the model', async () => {
    const session = testSession({ ceilings: { turns: 1 }, turns: [{ say: 'a' }] });
    await session.callTool({ tool: 'get', args: {} });
    expect(await haltOf(session.ask())).toMatchObject({ status: 200 });
    expect(session.halted()).toBe(null);
  });

  it('counts exchanges that are under way', async () => {
    const session = testSession({
      ceilings: { turns: 2 },
      turns: [{ say: 'a' }, { say: 'b' }, { say: 'c' }],
    });
    const asked = await Promise.all([1, 2, 3].map(() => haltOf(session.ask())));
    expect(asked).toContain('turns');
    expect(session.halted()).toMatchObject(limit('turns'));
  });

  it('allows the calls of a ceiling, and blocks the one above, which no mock answers', async () => {
    let answered = 0;
    const session = testSession({
      ceilings: { tool_calls: 2 },
      answer: () => ({ result: ++answered }),
    });
    for (const x of [1, 2]) await session.callTool({ tool: 'get', args: { x } });
    expect(session.halted()).toBe(null);
    expect(await haltOf(session.callTool({ tool: 'get', args: { x: 3 } }))).toBe('tool_calls');
    expect(answered).toBe(2);
    expect(session.told().slice(-2)).toMatchObject([
      { type: 'tool_call', args: { x: 3 } },
      { type: 'tool_result', blocked: 'limit' },
    ]);
    expect(session.signal.aborted).toBe(true);
  });

  it('leaves out what comes after the halt', async () => {
    const session = testSession({ ceilings: { tool_calls: 0 } });
    await haltOf(session.callTool({ tool: 'get', args: {} }));
    const count = session.steps.length;
    session.record({ type: 'message', role: 'assistant', content: 'Well' });
    expect(await haltOf(session.callTool({ tool: 'get', args: {} }))).toBe('tool_calls');
    expect(await haltOf(session.ask())).toBe('tool_calls');
    session.fault(new Error('Too late'));
    expect(session.steps).toHaveLength(count);
    expect(session.halted()).toMatchObject(limit('tool_calls'));
  });

  it('counts calls that a model asks for, and keeps none above the ceiling', async () => {
    const calls = ['a', 'b', 'c'].map((id) => ({ id, tool: 'get', args: { id } }));
    const session = testSession({ ceilings: { tool_calls: 1 }, turns: [{ calls }] });
    expect(await haltOf(session.ask())).toBe('tool_calls');
    expect(session.told().filter(({ type }) => type === 'tool_call')).toHaveLength(2);
    expect(session.told().at(-1)).toMatchObject({ type: 'tool_result', id: 'b', blocked: 'limit' });
  });

  it('allows the tokens of a ceiling, and halts on the exchange that goes above it', async () => {
    const session = testSession({
      ceilings: { tokens: 200 },
      turns: [{ usage }, { usage }, { usage }],
    });
    await session.ask();
    await session.ask();
    expect(session.halted()).toBe(null);
    expect(await haltOf(session.ask())).toBe('tokens');
  });

  it('allows the cost of a ceiling, and tells the run what each exchange cost', async () => {
    const costOf = () => 0.1;
    const session = testSession({
      ceilings: { cost_usd: 0.3 },
      costOf,
      turns: Array(4).fill({ usage }),
    });
    for (const _ of [1, 2, 3]) await session.ask();
    expect(session.halted()).toBe(null);
    expect(await haltOf(session.ask())).toBe('cost_usd');
    expect(session.spent).toEqual([0.1, 0.1, 0.1, 0.1]);
  });

  it.each([
    ['no price', { usage }, { ceilings: { cost_usd: 9 } }],
    ['no tokens', { usage: null }, { ceilings: { cost_usd: 9 }, costOf: () => 1 }],
    ['no price under a ceiling of the run', { usage }, { needsCost: true }],
  ])('is at fault where a cost must be known and is not: %s', async (_, turn, given) => {
    const session = testSession({ turns: [turn], ...given });
    expect(await haltOf(session.ask())).toBe('fault');
    expect(session.halted()).toMatchObject({ error: { code: 'model_fault' } });
    const open = testSession({ turns: [turn] });
    expect(await haltOf(open.ask())).toMatchObject({ status: 200 });
  });

  it('counts what an agent tells that its own exchanges cost, and must be told under a ceiling', () => {
    const told = testSession({ ceilings: { cost_usd: 1 } });
    told.record({ type: 'model', model: 'm', cost_usd: 0.75 });
    expect([told.halted(), told.spent]).toEqual([null, [0.75]]);
    told.record({ type: 'model', model: 'm', cost_usd: 0.75 });
    expect(told.halted()).toMatchObject(limit('cost_usd'));
    for (const given of [{ needsCost: true }, { ceilings: { cost_usd: 1 } }]) {
      const silent = testSession(given);
      silent.record({ type: 'model', model: 'm' });
      expect(silent.halted()).toMatchObject({ kind: 'fault', error: { code: 'model_fault' } });
    }
    const free = testSession();
    free.record({ type: 'model', model: 'm' });
    expect(free.halted()).toBe(null);
  });

  it('halts when its seconds are over, and not before', async () => {
    const session = testSession({ ceilings: { seconds: 2 } });
    session.pass(1999);
    expect(session.halted()).toBe(null);
    session.pass(1);
    expect(session.halted()).toMatchObject(limit('seconds'));
    expect(testSession({ ceilings: { seconds: 0 } }).halted()).toMatchObject(limit('seconds'));
  });

  it('leaves waits for rate limits out of its seconds', async () => {
    const patient = testSession({ ceilings: { seconds: 2 } });
    for (let part = 0; part < 100; part++) {
      patient.pass(250);
      patient.waited(250);
    }
    expect(patient.halted()).toBe(null);
    patient.record({ type: 'x-now' });
    expect(patient.steps.at(-1)).toMatchObject({ at_ms: 0 });
    patient.pass(2000);
    expect(patient.halted()).toMatchObject(limit('seconds'));
  });

  it('leaves out waits side by side once, so that none holds up its seconds', () => {
    const session = testSession({ ceilings: { seconds: 2 } });
    for (let part = 0; part < 20; part++) {
      session.pass(250);
      for (let n = 0; n < 8; n++) session.waited(250);
      session.record({ type: 'message', role: 'assistant', content: String(part) });
    }
    expect(session.steps.at(-1)).toMatchObject({ at_ms: 0 });
    session.pass(2000);
    expect(session.halted()).toMatchObject(limit('seconds'));
    const times = session.steps.map(({ at_ms }) => Number(at_ms));
    expect(times).toEqual([...times].sort((one, other) => one - other));
    expect(Math.min(...times)).toBeGreaterThanOrEqual(0);
  });

  it('allows as many equal calls as repeats says, whatever the order of their keys', async () => {
    const session = testSession({ ceilings: { repeats: 2 } });
    await session.callTool({ tool: 'get', args: { a: 1, b: [2] } });
    await session.callTool({ tool: 'get', args: { b: [2], a: 1 } });
    await session.callTool({ tool: 'get', args: { a: 1 } });
    expect(session.halted()).toBe(null);
    expect(await haltOf(session.callTool({ tool: 'get', args: { a: 1, b: [2] } }))).toBe('repeats');
  });

  it('halts before its record fills the memory', () => {
    const session = testSession({ ceilings: { bytes: 10_000 } });
    session.record({ type: 'message', role: 'assistant', content: 'x'.repeat(9000) });
    expect(session.halted()).toBe(null);
    session.record({ type: 'message', role: 'assistant', content: 'x'.repeat(1000) });
    expect(session.halted()).toMatchObject(limit('bytes'));
  });

  it('tells of ceilings from four fifths on', async () => {
    const session = testSession({
      ceilings: { tool_calls: 5, turns: 5 },
      turns: Array(4).fill({ say: 'a' }),
    });
    for (let n = 0; n < 3; n++) await session.ask();
    expect(session.near()).toEqual([]);
    await session.ask();
    expect(session.near()).toEqual([{ ceiling: 'turns', used: 4, most: 5 }]);
  });

  it('is at fault where a mock or a model is, with the first reason', async () => {
    const error = new AgentopsError('mock_fault', 'No mock');
    const session = testSession({ answer: () => Promise.reject(error) });
    expect(await haltOf(session.callTool({ tool: 'get', args: {} }))).toBe('fault');
    expect(session.halted()).toEqual({ kind: 'fault', error });
    const silent = testSession({ turns: [new AgentopsError('model_fault', 'Away')] });
    expect(await haltOf(silent.ask())).toBe('fault');
  });

  it('records a refusal of the model, which is no turn', async () => {
    const session = testSession({ turns: [{ status: 400 }, calling('a')] });
    expect(await session.ask()).toMatchObject({ status: 400 });
    expect(session.told()).toMatchObject([{ type: 'x-model-refusal', status: 400 }]);
  });

  it('is cut by an interruption, and does nothing once it is closed', async () => {
    const session = testSession();
    session.interrupt();
    expect(session.halted()).toEqual({ kind: 'interrupted' });
    const closed = testSession({ ceilings: { seconds: 1 }, turns: [{ say: 'a' }] });
    closed.close();
    closed.record({ type: 'message', role: 'assistant', content: 'Well' });
    closed.pass(5000);
    closed.interrupt();
    expect(await haltOf(closed.callTool({ tool: 'get', args: {} }))).toBe('interrupted');
    expect([closed.halted(), closed.steps]).toEqual([null, []]);
  });
});
