import { describe, expect, it } from 'vitest';
import { Trajectory } from '../model/trajectory.ts';
import { isPlainRecord } from './plain-record.ts';

const head = { schema_version: 1, task: 't', agent: 'a', trial: 1, stop: 'completed' };
const withStep = (step: unknown) => ({ ...head, steps: [step] });

const plain = [
  { type: 'message', role: 'user', content: 'Hello' },
  { type: 'message', role: 'assistant', content: null, at_ms: 1, actor: 'billing', more: 1 },
  { type: 'tool_call', id: 'c1', tool: 'get_order', args: { id: 1 }, parallel: 'm1' },
  { type: 'tool_call', id: null, tool: '', args: null },
  { type: 'tool_result', id: 'c1', result: { total: 1 } },
  { type: 'tool_result' },
  { type: 'model', model: 'm', usage: { input_tokens: 1, output_tokens: 2 }, cost_usd: 0.1 },
  { type: 'model', cost_usd: null },
];

const broken = [
  { type: 'message', role: 'robot', content: 'Hello' },
  { type: 'message', role: 'user' },
  { type: 'message', role: 'user', content: 1 },
  { type: 'message', role: 'user', content: 'Hello', at_ms: '1' },
  { type: 'message', role: 'user', content: 'Hello', actor: null },
  { type: 'message', role: 'user', content: 'Hello', turn: {} },
  { type: 'message', role: 'user', content: 'Hello', origin: 'guessed' },
  { type: 'tool_call', id: 1, tool: 'get_order', args: {} },
  { type: 'tool_call', tool: null, args: {} },
  { type: 'tool_call', tool: 'get_order', args: {}, args_missing: 'lost' },
  { type: 'tool_call', tool: 'get_order', args: {}, parallel: 1 },
  { type: 'tool_result', id: 'c1', error: 1 },
  { type: 'tool_result', id: 'c1', blocked: 1 },
  { type: 'model', model: 1 },
  { type: 'model', usage: { input_tokens: '1' } },
  { type: 'model', usage: [] },
  { type: 'model', cost_usd: '1' },
  { type: 'model', cost_usd: -1 },
  { type: 'model', usage: { input_tokens: -1 } },
  { type: 'toolcall' },
  null,
];

describe('isPlainRecord()', () => {
  it.each(plain)('knows the common step %j, which the schema accepts', (step) => {
    expect(isPlainRecord(withStep(step))).toBe(true);
    expect(Trajectory.safeParse(withStep(step)).success).toBe(true);
  });

  it.each(broken)('leaves the broken step %j to the schema, which refuses it', (step) => {
    expect(isPlainRecord(withStep(step))).toBe(false);
    expect(Trajectory.safeParse(withStep(step)).success).toBe(false);
  });

  it.each<Record<string, unknown>>([
    { schema_version: 2 },
    { task: null },
    { agent: 1 },
    { trial: 0 },
    { trial: 1.5 },
    { attack: 1 },
    { suite: 1 },
    { stop: 'done' },
    { steps: {} },
  ])('leaves a record with %j to the schema, which refuses it', (change) => {
    const record = { ...head, steps: [], ...change };
    expect(isPlainRecord(record)).toBe(false);
    expect(Trajectory.safeParse(record).success).toBe(false);
  });

  it('does not take arguments that are not there for none', () => {
    expect(isPlainRecord(withStep({ type: 'tool_call', id: 'c1', tool: 'get_order' }))).toBe(false);
  });
});
