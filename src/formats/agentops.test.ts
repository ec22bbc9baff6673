import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Trajectory } from '../model/trajectory.ts';
import { agentops, readTrajectory } from './agentops.ts';
import { trajectoryFault } from './trajectory-fault.ts';

const steps = [
  { type: 'message', role: 'user', content: 'My order 1042 is late.', mood: 'cross' },
  { type: 'tool_call', id: 'c1', tool: 'get_order', args: { order_id: '1042' } },
  { type: 'tool_result', id: 'c1', result: { total: 42.5 } },
  { type: 'x-trace', span: 7 },
  { type: 'message', role: 'assistant', content: [{ type: 'text', text: 'Refunded.' }] },
];
const record = {
  schema_version: 1,
  task: 'refund',
  agent: 'recorded',
  trial: 1,
  steps,
  stop: 'completed',
};

function faultOf(value: unknown): string | null {
  const read = readTrajectory(value);
  return 'fault' in read ? read.fault : null;
}

/** The record with its steps replaced. */
function withStep(...step: unknown[]) {
  return { ...record, steps: [...steps, ...step] };
}

describe('readTrajectory()', () => {
  it('gives the record as it stands, unknown keys and x- steps included', () => {
    const value = { ...record, team: 'blue', attack: null };
    expect(readTrajectory(value)).toEqual({ trajectory: value });
    expect(readTrajectory(JSON.parse('{"__proto__": 1}'))).toHaveProperty('fault');
    const odd = { ...record, world: JSON.parse('{"__proto__": {"a": 1}}') };
    const read = readTrajectory(odd);
    expect('trajectory' in read && JSON.stringify(read.trajectory)).toBe(JSON.stringify(odd));
  });

  it('says "An" where a step begins so', () => {
    expect(faultOf(withStep({ type: 'approval', decision: 'maybe' }))).toMatch(
      /^Step 5: An approval: Its "decision" is "maybe"/,
    );
    expect(faultOf(withStep({ type: 'handoff', from: 'triage' }))).toMatch(/^Step 5: A handoff: /);
  });

  it.each([
    [null, 'Expected an object, found null'],
    [[record], 'Expected an object, found a list'],
    [
      { ...record, schema_version: 2 },
      'Its "schema_version" is 2, newer than 1, the newest that this agentops reads',
    ],
    [{ ...record, schema_version: '1' }, 'Its "schema_version" is "1", expected 1'],
    [{ ...record, schema_version: undefined }, 'Its "schema_version" is nothing, expected 1'],
    [{ ...record, trial: 0 }, 'Its "trial" is 0, expected more than 0'],
    [{ ...record, trial: 1.5 }, 'Its "trial" is 1.5, expected a whole number'],
    [{ ...record, agent: 7 }, 'Its "agent" is 7, expected a text'],
    [{ ...record, steps: {} }, 'Its "steps" is an object, expected a list'],
    [
      { ...record, stop: 'done' },
      'Its "stop" is "done", expected completed, limit, agent_error, terminated, interrupted',
    ],
  ])('refuses a record with a wrong head: %j', (value, fault) => {
    expect(faultOf(value)).toBe(fault);
  });

  it.each(['schema_version', 'task', 'agent', 'trial', 'steps', 'stop'])(
    'refuses a record without %s',
    (key) => {
      const { [key as keyof typeof record]: _left, ...rest } = record;
      expect(faultOf(rest)).toMatch(new RegExp(`^It has no "${key}"`));
    },
  );

  it('names a misspelt key of the head', () => {
    const { steps: _steps, ...rest } = record;
    expect(faultOf({ ...rest, step: [] })).toBe('It has no "steps", but "step"');
  });

  it.each([
    ['hello', 'Step 5: Expected an object, found "hello"'],
    [{ type: 'toolcall' }, 'Step 5: Its type "toolcall" is not known, did you mean "tool_call"?'],
    [{}, 'Step 5: Its "type" is nothing, expected a text'],
    [
      { type: 'tool_call', tool: 'get' },
      'Step 5: A tool_call has neither "args" nor "args_missing"',
    ],
    [
      { type: 'tool_call', args: {} },
      'Step 5: A tool_call: Its "tool" is nothing, expected a text',
    ],
    [
      { type: 'tool_call', tool: 'get', args_missing: 'lost' },
      'Step 5: A tool_call: Its "args_missing" is "lost", expected not_captured, redacted, unparsable',
    ],
    [
      { type: 'message', role: 'bot', content: '' },
      'Step 5: A message: Its "role" is "bot", expected user, assistant, system, developer',
    ],
    [
      { type: 'message', role: 'user', content: 5 },
      'Step 5: A message: Its "content" is 5, expected a text or a list or null',
    ],
    [
      { type: 'message', role: 'user', content: [{ type: 'text', text: 1 }] },
      'Step 5: A message: Its "content[0].text" is 1, expected a text',
    ],
    [
      { type: 'model', usage: { input_tokens: 'many' } },
      'Step 5: A model: Its "usage.input_tokens" is "many", expected a number',
    ],
  ])('refuses a step that is none: %j', (step, fault) => {
    expect(faultOf(withStep(step))).toBe(fault);
  });

  it('says which trial a broken record is about, as far as it tells', () => {
    expect(readTrajectory({ ...record, stop: 'done', suite: 'shop', attack: 4 })).toEqual({
      fault: expect.any(String),
      trajectory: { suite: 'shop', task: 'refund', agent: 'recorded', trial: 1 },
    });
  });

  it('takes a call whose arguments are missing for a stated reason, and null ones', () => {
    expect(faultOf(withStep({ type: 'tool_call', tool: 'get', args_missing: 'redacted' }))).toBe(
      null,
    );
    expect(faultOf(withStep({ type: 'tool_call', tool: 'get', args: null }))).toBe(null);
  });

  it('finds words for exactly what the schema refuses', () => {
    const scalar = fc.oneof(
      fc.constantFrom(null, 1, 0, 'x', 'user', 'tool_call', 'completed'),
      fc.jsonValue({ maxDepth: 1 }),
    );
    const step = fc.record(
      {
        type: fc.constantFrom(
          'message',
          'tool_call',
          'tool_result',
          'approval',
          'handoff',
          'model',
          'x-a',
          'other',
        ),
        role: fc.constantFrom('user', 'assistant', 'nobody'),
        content: scalar,
        tool: fc.constantFrom('get', 5),
        args: scalar,
        args_missing: fc.constantFrom('redacted', 'no'),
        decision: fc.constantFrom('approve', 'perhaps'),
        from: scalar,
        to: fc.constant('b'),
        usage: scalar,
        error: scalar,
        actor: scalar,
      },
      { requiredKeys: ['type'] },
    );
    const head = fc.record(
      {
        schema_version: fc.constantFrom(1, 1, 2),
        task: fc.constantFrom('a', 1),
        trial: fc.constantFrom(1, 2, 0),
        attack: scalar,
        labels: scalar,
        stop: fc.constantFrom('completed', null, 'no'),
        agent: fc.constant('r'),
        steps: fc.array(step, { maxLength: 3 }),
      },
      { requiredKeys: ['schema_version', 'agent', 'steps'] },
    );
    fc.assert(
      fc.property(head, (value) => {
        const refused = !Trajectory.safeParse(value).success;
        const unsaid = value.steps.some(
          (one) =>
            one.type === 'tool_call' && one.args === undefined && one.args_missing === undefined,
        );
        expect(trajectoryFault(value) !== null).toBe(refused || unsaid);
        expect('fault' in readTrajectory(value)).toBe(refused || unsaid);
      }),
      { seed: 1, numRuns: 500 },
    );
  });
});

describe('agentops.detect()', () => {
  it('knows its records, and broken ones, from others', () => {
    expect(agentops.detect([record])).toBe(1);
    const { stop: _stop, schema_version: _version, ...rest } = record;
    expect(agentops.detect([{}, rest])).toBeGreaterThan(0.5);
    expect(agentops.detect([{ messages: [] }, 5, null])).toBe(0);
    expect(agentops.detect([])).toBe(0);
  });
});
