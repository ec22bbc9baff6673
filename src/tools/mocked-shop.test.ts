import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { judge } from '../judges/judge-trajectory.ts';
import { call, trajectoryOf } from '../match/trajectory.test-support.ts';
import { loadSuite } from '../run/library.ts';
import { functionLoader } from '../run/load-function.ts';
import { hostOf } from './host-of.ts';
import { ask } from './hosted.test-support.ts';

const file = fileURLToPath(new URL('../../fixtures/mocks/shop.suite.yaml', import.meta.url));

test('the mocks of a suite work together, from the file to the verdicts', async () => {
  const suite = await loadSuite(file);
  const host = await hostOf(suite, { load: functionLoader('/nowhere'), sleep: async () => {} });
  const trial = host.start(suite.world ?? {});
  const answers = [
    await ask(trial, 'get_order', { order_id: '1042' }),
    await ask(trial, 'refund_order', { order_id: '1042', amount: '42.5' }),
    await ask(trial, 'refund_order', { order_id: '1042', amount: 50 }),
    await ask(trial, 'refund_order', { order_id: '1042', amount: 42.5 }),
    await ask(trial, 'track_parcel', { tracking_id: 'T-7' }),
    await ask(trial, 'track_parcel', { tracking_id: 'T-7' }),
    await ask(trial, 'track_parcel', { tracking_id: 'T-8' }),
    await ask(trial, 'ask_carrier', { tracking_id: 'T-8' }),
    await ask(trial, 'ask_carrier', { tracking_id: 'T-8' }),
  ];
  expect(answers).toEqual([
    { result: { status: 'late', total: 42.5 } },
    { error: { code: 'invalid_arguments', message: '/amount must be number' } },
    { error: { code: 'too_much', message: 'Only 42.5 was paid' } },
    { result: { refunded: 42.5 } },
    { result: { place: 'Basel' } },
    { result: { place: 'Zurich' } },
    { error: { code: 'not_found', message: 'No such parcel' } },
    { error: { code: 'timeout', message: 'Timed out' } },
    { result: { answer: 'On its way' } },
  ]);
  const [task] = suite.tasks;
  const record = trajectoryOf([call('refund_order')], { world: trial.world });
  const options = suite.world ? { world: suite.world } : {};
  const { status, verdicts } = await judge(record, task?.expect ?? {}, options);
  expect(status, JSON.stringify(verdicts)).toBe('pass');
});
