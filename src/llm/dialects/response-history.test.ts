import { describe, expect, it } from 'vitest';
import { dialects } from './dialects.ts';
import { RefusedRequest } from './request-fields.ts';
import { responseHistory } from './response-history.ts';

const call = { type: 'function_call', call_id: 'call_1', name: 'get_order', arguments: '{}' };
const result = { type: 'function_call_output', call_id: 'call_1', output: 'late' };

describe('responseHistory()', () => {
  it('expand() puts what a response id stands for before the new input', () => {
    const history = responseHistory();
    const first = { model: 'm', input: 'Where is A1?' };
    history.remember(first, 50, { id: 'resp_1', output: [call] });
    const second = { model: 'm', input: [result], previous_response_id: 'resp_1' };
    history.remember(second, 50, { id: 'resp_2', output: [] });
    const third = history.expand({ model: 'm', input: 'Thanks', previous_response_id: 'resp_2' });
    expect(third).toEqual({
      model: 'm',
      input: [
        { role: 'user', content: 'Where is A1?' },
        call,
        result,
        { role: 'user', content: 'Thanks' },
      ],
    });
    expect(dialects.responses.readRequest(history.expand(second))).toMatchObject({
      lastUserText: 'Where is A1?',
      results: [{ id: 'call_1', content: 'late' }],
    });
  });

  it('expand() leaves a request without such an id as it is', () => {
    const body = { model: 'm', input: 'Hi', previous_response_id: null };
    expect(responseHistory().expand(body)).toBe(body);
  });

  it.each(['resp_9', '', '__proto__'])('expand() refuses the id %j', (id) => {
    expect(() => responseHistory().expand({ input: 'Hi', previous_response_id: id })).toThrow(
      'Cannot read the request: previous_response_id must be the id of a response of this trial',
    );
  });

  it.each([3, {}, [], true])('expand() refuses %j, which is no id', (id) => {
    expect(() => responseHistory().expand({ input: 'Hi', previous_response_id: id })).toThrow(
      'Cannot read the request: previous_response_id must be text',
    );
  });

  it('remember() keeps nothing that was asked not to be stored', () => {
    const history = responseHistory();
    history.remember({ input: 'Hi', store: false }, 20, { id: 'resp_0', output: [] });
    expect(() => history.expand({ previous_response_id: 'resp_0' })).toThrow(RefusedRequest);
  });

  it('remember() forgets the oldest once there are too many bytes', () => {
    const history = responseHistory(250);
    for (const id of ['resp_1', 'resp_2', 'resp_3']) {
      history.remember({ input: 'Hi' }, 100, { id, output: [] });
    }
    expect(() => history.expand({ previous_response_id: 'resp_1' })).toThrow(RefusedRequest);
    for (const id of ['resp_2', 'resp_3']) {
      expect(history.expand({ input: [], previous_response_id: id })).toEqual({
        input: [{ role: 'user', content: 'Hi' }],
      });
    }
    history.remember({ input: 'Go on', previous_response_id: 'resp_2' }, 100, { id: 'resp_4' });
    expect(() => history.expand({ previous_response_id: 'resp_4' })).toThrow(RefusedRequest);
  });

  it('expand() ends where an endpoint gives an id a second time', () => {
    const history = responseHistory();
    history.remember({ input: 'Hi' }, 20, { id: 'resp_1' });
    history.remember({ input: 'Go on', previous_response_id: 'resp_1' }, 20, { id: 'resp_1' });
    expect(() => history.expand({ previous_response_id: 'resp_1' })).toThrow(RefusedRequest);
  });
});
