import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readAgentMessage } from './agent-messages.ts';
import { AgentBroke } from './talk.ts';

const read = (message: unknown) =>
  readAgentMessage(typeof message === 'string' ? message : JSON.stringify(message), 't1', 'line 3');
const call = { type: 'tool_call', tool: 'get' };

describe('readAgentMessage()', () => {
  it.each([
    { ...call, id: 'c1', args: { x: [1] }, actor: 'billing', parallel: 'g', result: 7 },
    { ...call, trial: 't1' },
    { type: 'message', content: '' },
    { type: 'answer', content: 'Done' },
    { type: 'done' },
    { type: 'handoff', from: 'a', to: 'b' },
    { type: 'model', model: 'm', usage: { input_tokens: 1 }, cost_usd: 0 },
    { type: 'approval_request', id: 'c1', tool: 'get' },
    { type: 'error', message: 'Oh' },
  ])('reads $type as it is', (message) => {
    expect(read(message)).toEqual(message);
  });

  it.each([
    ['no JSON', 'hello', /not JSON.*protocol: none/],
    ['half of it', '{"type":"answer"', /not JSON/],
    ['two of them', '{"type":"done"}{"type":"done"}', /not JSON/],
    ['a NUL', '{"type":"answer","content":"\u0000"}', /not JSON/],
    ['NaN', '{"type":"model","cost_usd":NaN}', /not JSON/],
    ['a number too large', '{"type":"model","cost_usd":1e400}', /cost_usd/],
    ['tokens below nothing', { type: 'model', usage: { input_tokens: -1 } }, /input_tokens/],
    ['a list', [call], /known "type"/],
    ['null', 'null', /known "type"/],
    ['no type', { tool: 'get' }, /known "type"/],
    ['a misspelt type', { ...call, type: 'toolcall' }, /tool_call/],
    ['a type of every object', { type: 'constructor' }, /known "type"/],
    ['a step that only we write', { type: 'tool_result', id: 'c1', result: 1 }, /known "type"/],
    ['an approval', { type: 'approval', id: 'c1', decision: 'approve' }, /known "type"/],
    ['no tool', { type: 'tool_call' }, /tool/],
    ['an empty tool', { ...call, tool: '' }, /tool/],
    ['an empty id', { ...call, id: '' }, /id/],
    ['content that is no text', { type: 'answer', content: { text: 'x' } }, /content/],
    ['the user as actor', { ...call, actor: 'user' }, /cannot act as "user"/],
    ['the user who speaks', { type: 'message', content: 'x', actor: 'user' }, /cannot act/],
    ['another trial', { ...call, trial: 't2' }, /another trial/],
    ['a trial that is no text', { ...call, trial: 1 }, /trial/],
    [
      'too many levels',
      `{"type":"tool_call","tool":"x","args":${'['.repeat(1e5)}${']'.repeat(1e5)}}`,
      /levels/,
    ],
  ])('refuses %s, and says which line', (_, message, words) => {
    expect(() => read(message)).toThrow(AgentBroke);
    expect(() => read(message)).toThrow(words);
    expect(() => read(message)).toThrow(/^Cannot read line 3: /);
  });

  it('takes the last of two equal keys, as JSON does', () => {
    expect(read('{"type":"answer","content":"x","type":"done"}')).toMatchObject({ type: 'done' });
  });

  it('reads names of every object as data, and none of them through a prototype', () => {
    const message = read(
      '{"type":"tool_call","tool":"x","__proto__":{"actor":"user","args":1},"args":{"__proto__":{"a":1}}}',
    );
    expect(message).not.toHaveProperty('actor');
    expect(JSON.stringify(message)).toContain('"args":{"__proto__":{"a":1}}');
  });

  it('shows no more of a long line than its beginning', () => {
    const thrown = (() => {
      try {
        return read('x'.repeat(1e6));
      } catch (caught) {
        return String(caught);
      }
    })();
    expect(String(thrown).length).toBeLessThan(800);
  });

  it('gives a message or throws AgentBroke, whatever the line is', () => {
    const line = fc.oneof(
      fc.string(),
      fc.json(),
      fc.jsonValue().map((value) => JSON.stringify({ ...call, args: value })),
    );
    const holds = fc.property(line, (text) => {
      try {
        expect(read(text)).toHaveProperty('type');
      } catch (thrown) {
        expect(thrown).toBeInstanceOf(AgentBroke);
      }
    });
    fc.assert(holds);
  });
});
