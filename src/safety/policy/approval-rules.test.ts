import { expect, test } from 'vitest';
import { pairCalls } from '../../match/calls.ts';
import { BARE_SCOPE } from '../../match/scope.ts';
import { call, type MadeCall, stepsOf } from '../../match/trajectory.test-support.ts';
import type { ApprovalRule } from '../../model/policy.ts';
import { approvalRules } from './approval-rules.ts';

function callOf(made: MadeCall) {
  const [first] = pairCalls(stepsOf([made])).calls;
  if (!first) throw new Error('No call was made');
  return first;
}

const small: ApprovalRule = {
  pattern: { refund: { amount: { $lte: 500 } } },
  decision: 'approve',
};
const large: ApprovalRule = { pattern: { refund: { amount: { $gt: 500 } } }, decision: 'deny' };
const rest: ApprovalRule = { pattern: { refund: null }, decision: 'ask' };

test.each<[string, unknown, ApprovalRule | null]>([
  ['the first that matches', { amount: 20 }, small],
  ['a later one', { amount: 900 }, large],
  ['unknown grants nothing and denies', { amount: '20' }, large],
  ['what is absent is no, and grants nothing', {}, rest],
  ['arguments that are not known', undefined, large],
])('approvalRules() decides: %s', (_, args, wanted) => {
  const made = args === undefined ? { tool: 'refund' } : call('refund', args);
  expect(approvalRules([small, large, rest]).decide(callOf(made), BARE_SCOPE)).toBe(wanted);
});

test('approvalRules() decides nothing where no rule matches', () => {
  const people = approvalRules([small, large, rest]);
  for (const tool of ['refunds', 'refund ', 'constructor', '__proto__']) {
    expect(people.decide(callOf(call(tool)), BARE_SCOPE)).toBeNull();
  }
});

test('approvalRules() grants a list only as it stands, and denies one that holds what is named', () => {
  const pattern = { send: { to: ['ann@shop.example'] } };
  const made = callOf(call('send', { to: ['ann@shop.example', 'eve@evil.example'] }));
  const grant: ApprovalRule = { pattern, decision: 'approve' };
  const denial: ApprovalRule = { pattern, decision: 'deny' };
  expect(approvalRules([grant]).decide(made, BARE_SCOPE)).toBeNull();
  expect(approvalRules([denial]).decide(made, BARE_SCOPE)).toBe(denial);
});

test('approvalRules() grants the calls that a rule for the approval tool names', () => {
  const rule: ApprovalRule = {
    pattern: { ask_human: null },
    decision: 'approve',
    grants: [{ refund: { amount: { $lte: 500 } } }],
  };
  const people = approvalRules([rule, small]);
  const granted = (args: unknown) => people.granted(rule, callOf(call('refund', args)), BARE_SCOPE);
  expect(granted({ amount: 20 })).toBe(true);
  expect(granted({ amount: '20' })).toBe(false);
  expect(people.granted(small, callOf(call('refund', { amount: 20 })), BARE_SCOPE)).toBe(false);
});
