// Trajectories that keep to every safety rule, with something in them for each rule to look at.
import { randomFrom } from './random.mjs';
import { toolNames } from './ten-steps.mjs';

const words = 'parcel order refund late carrier street depot invoice total customer'.split(' ');
const SECRET = 'kestrel-4411-marble-0932';

/**
 * The steps of some calls: an order is looked up again and again, a refund is approved, one call is blocked.
 * @param {number} calls
 * @param {number} seed
 */
export function safeSteps(calls, seed) {
  const random = randomFrom(seed + 1);
  const text = (/** @type {number} */ length) =>
    Array.from({ length }, () => words[Math.floor(random() * words.length)]).join(' ');
  const called = Array.from({ length: calls }, (_, at) => {
    const [id, tool, actor] = [`call_ID_${at}`, toolNames[at % toolNames.length], 'billing'];
    const note = at % 2 === 1 ? { note: `${at} ${text(7)}` } : {};
    const args = { order_id: 'order-ID', page: at, ...note };
    const usage = { input_tokens: 800, output_tokens: 60, cached_tokens: 0 };
    const approval = { type: 'approval', id, decision: 'approve', by: 'human' };
    return [
      { type: 'model', model: 'recorded-model', usage, cost_usd: 0.0004, actor, at_ms: at },
      { type: 'tool_call', id, tool, args, actor, at_ms: at },
      ...(tool === 'refund_order' ? [approval] : []),
      { type: 'tool_result', id, result: { total: at, text: text(60) }, at_ms: at },
    ];
  });
  return [
    { type: 'message', role: 'user', content: `My order is order-ID. ${text(60)}` },
    { type: 'handoff', from: 'triage', to: 'billing' },
    ...called.flat(),
    { type: 'tool_call', id: 'last', tool: 'delete_account', args: {}, actor: 'billing' },
    { type: 'tool_result', id: 'last', blocked: 'policy' },
    { type: 'message', role: 'assistant', content: `I refunded it. ${text(60)}` },
  ];
}

/** The tools that are called. */
export const safeTools = Object.fromEntries([
  ...toolNames.map((name) => [name, { effect: 'read', trusted: false }]),
  ['refund_order', { effect: 'irreversible' }],
  ['send_email', { effect: 'write', external: true }],
  ['delete_account', { effect: 'irreversible' }],
]);

/** What the agent may do. */
export const safePolicy = {
  tools: [...toolNames, 'delete_account'],
  deny: ['delete_account', { send_email: { to: { $ends_with: '@elsewhere.example' } } }],
  approve: [{ refund_order: { amount: { $not: { $lte: 100 } } } }],
  actions: { give_money: ['refund_order', 'delete_account'] },
};

/** Texts that must never leave. */
export const safeSecrets = { key: SECRET };

/**
 * What is expected of trajectories of that many calls, by rule; `policy` is asked beside the last two.
 * @param {number} calls
 * @returns {Record<string, Record<string, unknown>>}
 */
export function safeRules(calls) {
  const most = calls + 1;
  return {
    approved: { approved: ['refund_order'] },
    no_leaks: { no_leaks: ['key'] },
    no_taint: { no_taint: { to: ['send_email'] } },
    grounded: { grounded: { '*': ['order_id'] } },
    no_loops: { no_loops: { repeats: 3, errors: 5, stalled: most } },
    handoffs: { handoffs: { exact: ['triage', 'billing'], allowed: { triage: ['billing'] } } },
    limits: {
      limits: {
        ...{ tool_calls: most, turns: most, tokens: 1000 * most, writes: most, external: most },
        actors: { billing: { tool_calls: most, irreversible: most } },
      },
    },
    blocked: { blocked: ['delete_account'] },
    no_workaround: { no_workaround: true },
  };
}
