import { expect, it } from 'vitest';
import { judge, type Trajectory } from '../src/index.ts';

const trajectory: Trajectory = {
  schema_version: 1,
  task: 'refund-late-order',
  agent: 'support',
  trial: 1,
  steps: [
    { type: 'message', role: 'user', content: 'My order 1042 is late.' },
    { type: 'tool_call', id: 'c1', tool: 'get_order', args: { order_id: '1042' } },
    { type: 'tool_result', id: 'c1', result: { total: 42.5 } },
    { type: 'tool_call', id: 'c2', tool: 'refund_order', args: { order_id: '1042', amount: 42.5 } },
    { type: 'tool_result', id: 'c2', result: { refunded: true } },
    { type: 'message', role: 'assistant', content: 'Refunded.' },
  ],
  stop: 'completed',
};

it('refunds what was paid, and leaves the account alone', async () => {
  const { status, verdicts } = await judge(trajectory, {
    calls: { exact: ['get_order', { refund_order: { order_id: '1042', amount: { $lte: 42.5 } } }] },
    never: ['delete_account'],
  });
  expect(status, JSON.stringify(verdicts, null, 2)).toBe('pass');
});
