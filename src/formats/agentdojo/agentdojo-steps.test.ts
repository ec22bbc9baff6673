import { describe, expect, it } from 'vitest';
import { pairCalls } from '../../match/calls.ts';
import { answer, assistant, call } from './agentdojo.test-support.ts';
import { agentDojoSteps } from './agentdojo-steps.ts';

function paired(...messages: unknown[]) {
  const { calls, fault } = pairCalls(agentDojoSteps(messages));
  expect(fault).toBeNull();
  return calls.map(({ tool, args, result }) => [tool, args, result]);
}

describe('agentDojoSteps()', () => {
  it.each([[null], ['']])('tells calls apart whose ids are %j by what they call', (id) => {
    expect(
      paired(
        assistant('', call(id, 'read', { n: 1 }), call(id, 'read', { n: 2 }), call(id, 'pay', {})),
        answer(id, 'pay', {}, 'paid'),
        answer(id, 'read', { n: 2 }, 'two'),
        answer(id, 'read', { n: 1 }, 'one'),
      ),
    ).toEqual([
      ['read', { n: 1 }, 'one'],
      ['read', { n: 2 }, 'two'],
      ['pay', {}, 'paid'],
    ]);
  });

  it('lets ids be repeated, in one message too', () => {
    expect(
      paired(
        assistant('', call('c', 'read', { n: 1 }), call('c', 'read', { n: 2 })),
        answer('c', 'read', { n: 1 }, 'one'),
        answer('c', 'read', { n: 2 }, 'two'),
        assistant('', call('c', 'read', { n: 3 })),
        answer('c', 'read', { n: 3 }, 'three'),
      ).map(([, , result]) => result),
    ).toEqual(['one', 'two', 'three']);
  });

  it('keeps a call that only its answer shows', () => {
    const steps = agentDojoSteps([answer('c9', 'pay', { to: 'X' }, 'paid')]);
    expect(steps[0]).toMatchObject({ type: 'tool_call', tool: 'pay', origin: 'inferred' });
    expect(pairCalls(steps).calls).toMatchObject([{ status: 'ok', args: { to: 'X' } }]);
  });

  it('leaves an answer to nothing for a fault of the trial', () => {
    const steps = agentDojoSteps([{ role: 'tool', tool_call_id: 'c9', content: 'paid' }]);
    expect(pairCalls(steps).fault).toContain('no call awaits');
  });

  it('gives calls of one message no share in an order, for they ran one by one', () => {
    const steps = agentDojoSteps([assistant('', call('a', 'x', {}), call('b', 'y', {}))]);
    expect(steps.every((step) => !Object.hasOwn(step, 'parallel'))).toBe(true);
  });

  it('takes an error of a tool for what it answered', () => {
    const failed = { ...answer('c1', 'pay', {}, ''), error: 'ValueError: no account' };
    const [, step] = agentDojoSteps([assistant('', call('c1', 'pay', {})), failed]);
    expect(step).toEqual({
      type: 'tool_result',
      id: 'c1',
      tool: 'pay',
      error: { message: 'ValueError: no account' },
    });
  });

  it.each([
    ['text', 'text'],
    [null, null],
    [
      [
        { type: 'text', content: 'a' },
        { type: 'text', content: 'b' },
      ],
      'a\nb',
    ],
    [['a'], 'a'],
    [
      [
        { type: 'thinking', content: 'hm' },
        { type: 'text', content: 'a' },
      ],
      [
        { type: 'reasoning', text: 'hm' },
        { type: 'text', text: 'a' },
      ],
    ],
  ])('reads the content %j', (content, wanted) => {
    expect(agentDojoSteps([{ role: 'assistant', content }])).toMatchObject([{ content: wanted }]);
  });
});
