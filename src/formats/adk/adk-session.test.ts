import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readTrajectory } from '../agentops.ts';
import { mutationsOf } from '../mutations.test-support.ts';
import { readValues, trajectoriesOf } from '../read-values.test-support.ts';
import { adkSession } from './adk-session.ts';

const said = (author: string, ...parts: unknown[]) => ({
  invocation_id: 'i1',
  author,
  timestamp: 100.5,
  content: { parts },
});
const call = (name: string, args: object) => ({ function_call: { name, args } });
const answer = (name: string, response: unknown) => ({ function_response: { name, response } });

const session = {
  id: 's1',
  events: [
    said('user', { text: 'Book it' }),
    said('desk', call('transfer_to_agent', { agent_name: 'booker' })),
    said('desk', answer('transfer_to_agent', null)),
    { ...said('booker', { text: 'Bo' }), partial: true },
    said('booker', call('book', { n: 1 }), call('pay', { eur: 2 })),
    said('booker', answer('book', { isError: true }), answer('pay', { ok: true })),
    { ...said('booker', { text: 'Booked' }), timestamp: 102 },
  ],
};

describe('adkSession.read()', () => {
  it('keeps who did what, with handoffs, errors and calls that were made together', async () => {
    const [trajectory] = trajectoriesOf(await readValues(adkSession, [session]));
    const at = { turn: 1, at_ms: 0 };
    const desk = { ...at, actor: 'desk' };
    const booker = { ...at, actor: 'booker' };
    const args = { agent_name: 'booker' };
    expect(trajectory).toMatchObject({ task: 's1', stop: 'completed' });
    expect(trajectory?.steps).toEqual([
      { type: 'message', role: 'user', content: 'Book it', ...at },
      { type: 'tool_call', tool: 'transfer_to_agent', args, ...desk },
      { type: 'tool_result', tool: 'transfer_to_agent', result: null, ...desk },
      { type: 'handoff', from: 'desk', to: 'booker', origin: 'inferred', ...at },
      { type: 'tool_call', tool: 'book', args: { n: 1 }, ...booker, parallel: 'event-4' },
      { type: 'tool_call', tool: 'pay', args: { eur: 2 }, ...booker, parallel: 'event-4' },
      { type: 'tool_result', tool: 'book', error: { isError: true }, ...booker },
      { type: 'tool_result', tool: 'pay', result: { ok: true }, ...booker },
      { type: 'message', role: 'assistant', content: 'Booked', ...booker, at_ms: 1500 },
    ]);
  });

  it('does not know how it ended where nobody answered', async () => {
    const events = session.events.slice(0, 3);
    const [trajectory] = trajectoriesOf(await readValues(adkSession, [{ id: 's1', events }]));
    expect(trajectory?.stop).toBeNull();
  });

  it('refuses a session in which nothing is told', async () => {
    const items = await readValues(adkSession, [{ events: [] }, { events: [{ author: 'user' }] }]);
    expect(items.map((item) => 'fault' in item && item.fault)).toEqual([
      'Its "events" is an empty list, expected more than 1',
      'Its "events" tell nothing, expected messages or calls',
    ]);
  });

  it('makes a trajectory or a fault with words of whatever stands there', async () => {
    await fc.assert(
      fc.asyncProperty(mutationsOf(session), async (value) => {
        const [item, ...others] = await readValues(adkSession, [value]);
        expect(others).toEqual([]);
        if (item === undefined || 'fault' in item) expect(item?.fault).toMatch(/\w/);
        else expect(readTrajectory(item.trajectory)).not.toHaveProperty('fault');
      }),
    );
  });
});
