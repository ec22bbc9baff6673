import { describe, expect, it } from 'vitest';
import { asks, call, type MadeCall, says, trajectoryOf } from '../match/trajectory.test-support.ts';
import type { Step } from '../model/trajectory.ts';
import { judge } from './judge-trajectory.ts';
import { verdictOf } from './verdict.test-support.ts';

const reference = [{ get_order: { order_id: '1' } }, { refund: { order_id: '1', amount: 5 } }];
const get = call('get_order', { order_id: '1' });
const refund = call('refund', { order_id: '1', amount: 5 });
const hidden: MadeCall = { tool: 'get_order' };

interface Row {
  name: string;
  parts: readonly (MadeCall | Step)[];
  value: Record<string, unknown>;
  status: 'pass' | 'fail' | 'error';
  score: number | null;
  reason?: readonly string[];
}

const rows: Row[] = [
  {
    name: 'gives the number as score, and passes from the threshold on',
    parts: [get],
    value: { tool_call_recall: { at_least: 0.5 } },
    status: 'pass',
    score: 0.5,
    reason: ['0.5', '1 of 2'],
  },
  {
    name: 'wants 1 where no threshold is given',
    parts: [get],
    value: { tool_call_recall: true },
    status: 'fail',
    score: 0.5,
    reason: ['at least 1', 'missing refund(order_id: "1", amount: 5)'],
  },
  {
    name: 'leaves out calls of the user',
    parts: [get, refund, call('pay', {}, { actor: 'user' })],
    value: { tool_call_precision: true },
    status: 'pass',
    score: 1,
  },
  {
    name: 'takes arguments that are not known as different',
    parts: [hidden, refund],
    value: { tool_call_f1: { at_least: 0.6 } },
    status: 'fail',
    score: 0.5,
    reason: ['get_order(arguments not known)'],
  },
  {
    name: 'takes a flat reference as that of one turn',
    parts: [asks('Go'), get, refund, says('Done')],
    value: { adk_tool_trajectory: true },
    status: 'pass',
    score: 1,
  },
  {
    name: 'gives the mean over turns',
    parts: [asks('Go'), get, says('?'), asks('Yes'), asks('do'), get, says('Done')],
    value: { reference: reference.map((one) => [one]), adk_tool_trajectory: { at_least: 0.5 } },
    status: 'pass',
    score: 0.5,
  },
  {
    name: 'begins the first turn with a greeting, and none with a last word of the user',
    parts: [says('Hello'), asks('Go'), get, refund, says('Done'), asks('Thanks')],
    value: { adk_tool_trajectory: { match: 'any_order' } },
    status: 'pass',
    score: 1,
  },
  {
    name: 'cannot tell where the turns are not as many',
    parts: [asks('Go'), get, says('?'), asks('Yes'), refund],
    value: { adk_tool_trajectory: { match: 'in_order' } },
    status: 'error',
    score: null,
    reason: ['2 turns', '1 turn'],
  },
  {
    name: 'compares results where it is asked to',
    parts: [call('get_order', { order_id: '1' }, { result: { total: 5 } })],
    value: {
      reference: [{ tool: 'get_order', result: { total: 6 } }],
      deepeval_tool_correctness: { output: true },
    },
    status: 'fail',
    score: 0,
  },
  {
    name: 'gives the metric of Ragas',
    parts: [get, call('log'), refund],
    value: { ragas_tool_call_accuracy: { variant: 'subsequence' } },
    status: 'pass',
    score: 1,
  },
];

describe('metrics', () => {
  it.each(rows)('$name', async ({ parts, value, status, score, reason = [] }) => {
    const verdict = await verdictOf(trajectoryOf(parts), 'metrics', { reference, ...value });
    expect(verdict).toMatchObject({ status, score });
    for (const words of reason) expect(verdict.reason).toContain(words);
  });

  it('gives each metric a verdict of its own', async () => {
    const value = { reference, tool_call_f1: true, tool_call_precision: true };
    const { verdicts } = await judge(trajectoryOf([get]), { metrics: value });
    expect(verdicts.map(({ path, score }) => [path, score]).slice(1)).toEqual([
      ['expect.metrics.tool_call_precision', 1],
      ['expect.metrics.tool_call_f1', 2 / 3],
    ]);
  });

  it('is an error where nobody watched the calls', async () => {
    const unwatched = trajectoryOf([says('Done')], { calls: 'not_captured' });
    const verdict = await verdictOf(unwatched, 'metrics', { reference, tool_call_f1: true });
    expect(verdict.status).toBe('error');
  });

  it('does not let a trial pass by what is unknown when it stands under not', async () => {
    const value = { not: [{ metrics: { reference, tool_call_f1: { at_least: 0.6 } } }] };
    const statusOf = async (...parts: MadeCall[]) =>
      (await judge(trajectoryOf(parts), value)).status;
    expect(await statusOf(get, refund)).toBe('fail');
    expect(await statusOf(call('other'), refund)).toBe('pass');
    expect(await statusOf(hidden, refund)).toBe('error');
  });

  it.each<[name: string, value: Record<string, unknown>, fault: string]>([
    ['no metric', {}, 'Give at least one metric'],
    ['no reference', { reference: undefined, tool_call_f1: true }, 'metrics.reference'],
    ['an operator', { reference: [{ a: { x: [{ $gt: 1 }] } }], tool_call_f1: true }, 'not $gt'],
    ['a wildcard', { reference: [{ 'a*': {} }], tool_call_f1: true }, 'wildcard'],
    ['a modifier', { reference: [{ a: {}, status: 'ok' }], tool_call_f1: true }, 'not status'],
    ['no arguments', { reference: ['a'], tool_call_f1: true }, 'give those of a'],
    ['no result', { deepeval_tool_correctness: { output: true } }, 'give get_order its result'],
    ['turns beside calls', { reference: [['a'], 'a'], adk_tool_trajectory: true }, 'not both'],
    ['a threshold above 1', { tool_call_f1: { at_least: 2 } }, 'at_least'],
    ['a threshold of nothing', { tool_call_f1: { at_least: 0 } }, 'above 0'],
    ['a bare number', { tool_call_f1: 0.8 }, '{ at_least: 0.8 }'],
  ])('refuses %s', async (_, value, fault) => {
    const expectations = { metrics: { reference, ...value } };
    await expect(judge(trajectoryOf([]), expectations)).rejects.toThrow(fault);
  });

  it('takes bare names where names alone are compared', async () => {
    const value = { reference: ['get_order'], deepeval_tool_correctness: true };
    expect((await verdictOf(trajectoryOf([hidden]), 'metrics', value)).status).toBe('pass');
  });
});
