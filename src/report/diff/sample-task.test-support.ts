import type { ShownTrial } from '../../diff/diff.ts';
import type { TaskChange } from '../../model/task-change.ts';
import type { Step, Trajectory } from '../../model/trajectory.ts';

type TaskSide = NonNullable<TaskChange['base']>;

/** A task of a comparison with `passed` of `trials` on both sides: null where a side has none. */
export function sampleTask(
  names: Partial<TaskChange>,
  base: readonly [passed: number, trials: number] | null,
  head: readonly [passed: number, trials: number] | null,
): TaskChange {
  const before = base && sampleSide(...base);
  const after = head && sampleSide(...head);
  const rates = [before?.pass_rate ?? null, after?.pass_rate ?? null] as const;
  return {
    suite: 'shop-support',
    task: 'refund-late-order',
    attack: null,
    agent: { base: base && 'recorded', head: head && 'recorded' },
    change: 'same',
    edited: false,
    compared: base !== null && head !== null,
    base: before,
    head: after,
    difference: rates[0] === null || rates[1] === null ? null : rates[1] - rates[0],
    p: null,
    p_holm: null,
    q: null,
    shown: false,
    verdicts: [],
    trials: { base: base && 'b'.repeat(64), head: head && 'e'.repeat(64) },
    at: { file: 'suites/shop.suite.yaml', line: 12 },
    ...names,
  };
}

/** One side of a task with plain figures. */
export function sampleSide(passed: number, trials: number, more: Partial<TaskSide> = {}): TaskSide {
  return {
    status: passed === trials ? 'pass' : 'fail',
    trials,
    passed,
    failed: trials - passed,
    errored: 0,
    skipped: 0,
    pass_rate: trials === 0 ? null : passed / trials,
    score: trials === 0 ? null : passed / trials,
    cost_usd: 0.0123,
    tokens: 1800,
    steps: 4,
    seconds: 2.5,
    ...more,
  };
}

/** One of the two trials of a task, with its steps. */
export function shownTrial(
  change: TaskChange,
  side: 'base' | 'head',
  steps: readonly Step[],
  stop: Trajectory['stop'] = 'completed',
): ShownTrial {
  const { suite, task, attack } = change;
  const agent = change.agent[side] ?? 'recorded';
  return {
    result: {
      id: change.trials[side] ?? 'f'.repeat(64),
      suite,
      task,
      agent,
      attack,
      trial: 1,
      status: change[side]?.status ?? 'pass',
      score: change[side]?.score ?? null,
      stop,
      turns: 2,
      tool_calls: 2,
      input_tokens: null,
      output_tokens: null,
      cost_usd: null,
      duration_ms: null,
      verdicts: [],
    },
    trajectory: {
      schema_version: 1,
      suite,
      task: task ?? '',
      agent,
      trial: 1,
      attack,
      steps: [...steps],
      stop,
    },
  };
}

/** What both versions did: the later one looks at the order, refunds too much and says other words. */
export const SAMPLE_STEPS: { readonly base: readonly Step[]; readonly head: readonly Step[] } = {
  base: [
    { type: 'message', role: 'user', content: 'My order 1042 is late, please refund the shipping' },
    { type: 'tool_call', id: 'c1', tool: 'get_order', args: { order_id: '1042' } },
    { type: 'tool_result', id: 'c1', result: { total: 42.5, shipping: 4.9 } },
    {
      type: 'tool_call',
      id: 'c2',
      tool: 'refund_order',
      args: { order_id: '1042', amount: 4.9, note: 'Shipping' },
    },
    { type: 'tool_result', id: 'c2', result: { refunded: 4.9 } },
    { type: 'message', role: 'assistant', content: 'I refunded the shipping of $4.90' },
  ],
  head: [
    { type: 'message', role: 'user', content: 'My order 1042 is late, please refund the shipping' },
    { type: 'tool_call', id: 'x7', tool: 'get_order', args: { order_id: '1042' } },
    { type: 'tool_result', id: 'x7', result: { total: 42.5, shipping: 4.9 } },
    {
      type: 'tool_call',
      id: 'x8',
      tool: 'refund_order',
      args: { order_id: '1042', amount: 42.5, note: 'Shipping' },
    },
    { type: 'tool_result', id: 'x8', result: { refunded: 42.5 } },
    { type: 'tool_call', id: 'x9', tool: 'send_email', args: { to: 'customer' } },
    { type: 'tool_result', id: 'x9', result: { sent: true } },
    { type: 'message', role: 'assistant', content: 'Done: I refunded your order' },
  ],
};

/** A task of each kind of change, the gravest first. */
export const SAMPLE_TASKS: readonly TaskChange[] = [
  sampleTask(
    {
      change: 'regressed',
      shown: true,
      p: 0.0286,
      p_holm: 0.043,
      q: 0.04,
      verdicts: [
        {
          path: 'expect.calls.in_order',
          kind: 'rule',
          required: true,
          base: { passed: 4, failed: 0, errored: 0, score: 1 },
          head: { passed: 0, failed: 4, errored: 0, score: 0 },
        },
      ],
    },
    [4, 4],
    [0, 4],
  ),
  sampleTask({ task: 'cancel-order', change: 'missing', compared: false }, [4, 4], null),
  sampleTask(
    {
      task: 'change-address',
      change: 'undecided',
      difference: null,
      head: sampleSide(0, 4, {
        status: 'error',
        failed: 0,
        errored: 4,
        pass_rate: null,
        score: null,
      }),
    },
    [4, 4],
    [0, 4],
  ),
  sampleTask({ task: 'exchange-item', change: 'flaky', p: 0.49, q: 0.6 }, [3, 4], [2, 4]),
  sampleTask({ task: 'find-invoice', change: 'fixed', p: 0.0286, q: 0.04 }, [0, 4], [4, 4]),
  sampleTask({ task: 'gift-card', change: 'new' }, null, [4, 4]),
  sampleTask({ task: 'answer-question', edited: true, compared: false }, [4, 4], [4, 4]),
  sampleTask(
    {
      task: 'track-parcel',
      compared: false,
      quarantine: { until: '2026-12-31', owner: 'ana', reason: 'The carrier changed its API' },
    },
    [1, 4],
    [0, 4],
  ),
  sampleTask({ task: 'say-hello' }, [4, 4], [4, 4]),
];
