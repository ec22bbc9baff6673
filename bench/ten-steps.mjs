// One offline case as three programs want it: ten tool calls with their results, and an answer.
import { randomFrom } from './random.mjs';

/** @typedef {{ id: string, tool: string, args: Record<string, unknown>, result: Record<string, unknown> }} Call */
/** @typedef {{ id: string, input: string, calls: Call[], answer: string }} Case */

const tools = [
  'find_customer',
  'list_orders',
  'get_order',
  'get_shipment',
  'check_stock',
  'get_policy',
  'quote_refund',
  'refund_order',
  'send_email',
  'close_ticket',
];

/** Names of the ten tools, in the order in which a case calls them. */
export const toolNames = tools;

/**
 * The case with that number; the same number always gives the same case.
 * @param {number} number from 0
 * @returns {Case}
 */
export function caseOf(number) {
  const random = randomFrom(number + 1);
  const order = String(1000 + Math.floor(random() * 9_000_000));
  const calls = tools.map((tool, at) => ({
    id: `call_${number}_${at}`,
    tool,
    args: { order_id: order, amount: Math.floor(random() * 50_000) / 100, page: at },
    result: { status: 'ok', total: Math.floor(random() * 50_000) / 100, reference: `r${number}` },
  }));
  return {
    id: `case-${String(number).padStart(5, '0')}`,
    input: `My order ${order} is late. I want my money back.`,
    calls,
    answer: `Your order ${order} was refunded.`,
  };
}

/**
 * The record that `agentops` replays.
 * @param {Case} one
 */
export function trajectoryOf({ id, input, calls, answer }, suite = 'cases') {
  return {
    schema_version: 1,
    suite,
    task: id,
    agent: 'recorded',
    trial: 1,
    attack: null,
    steps: [
      { type: 'message', role: 'user', content: input },
      ...calls.flatMap((call) => [
        { type: 'tool_call', id: call.id, tool: call.tool, args: call.args },
        { type: 'tool_result', id: call.id, result: call.result },
      ]),
      { type: 'message', role: 'assistant', content: answer },
    ],
    stop: 'completed',
  };
}

/**
 * The sequence that the case must lead to, as a suite writes it.
 * @param {Case} one
 */
export function sequenceOf({ calls }) {
  return { calls: { in_order: calls.map(({ tool, args }) => ({ [tool]: args })) } };
}
