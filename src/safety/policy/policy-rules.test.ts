import { describe, expect, test } from 'vitest';
import { pairCalls } from '../../match/calls.ts';
import { BARE_SCOPE } from '../../match/scope.ts';
import { call, type MadeCall, stepsOf, trajectoryOf } from '../../match/trajectory.test-support.ts';
import { viewOf } from '../../match/view.ts';
import type { Policy } from '../../model/policy.ts';
import { policyRules } from './policy-rules.ts';

function callOf(made: MadeCall) {
  const [first] = pairCalls(stepsOf([made])).calls;
  if (!first) throw new Error('No call was made');
  return first;
}

function brokenBy(policy: Policy, made: MadeCall): string[] {
  return policyRules(policy)
    .violations(callOf(made), BARE_SCOPE)
    .map(({ rule }) => rule);
}

describe('policyRules() holds calls to `tools`', () => {
  test.each<[string[], string, boolean]>([
    [['send'], 'send', true],
    [['send'], 'send_money', false],
    [['send_money'], 'send', false],
    [['send_money'], 'send_mоney', false], // a Cyrillic o
    [['send_money'], 'Send_Money', false],
    [['send_money'], 'send_money ', false],
    [['send_*'], 'send_money', true],
    [['send_*'], 'resend_money', false],
    [['*_order'], 'get_order', true],
    [['*_order'], 'get_orders', false],
    [['get.order'], 'get_order', false],
    [['*'], '__proto__', true],
    [['get_order'], 'constructor', false],
    [['get_order'], '__proto__', false],
    [['constructor'], 'constructor', true],
    [['__proto__'], '__proto__', true],
    [[], 'get_order', false],
  ])('%j with a call of %j', (tools, tool, allowed) => {
    expect(brokenBy({ tools }, call(tool))).toEqual(allowed ? [] : ['tools']);
  });

  test('and says what is allowed', () => {
    const rules = policyRules({ tools: ['get_order', 'refund_*'] });
    expect(rules.violations(callOf(call('wipe')), BARE_SCOPE)).toEqual([
      { rule: 'tools', reason: 'wipe is not among policy.tools: get_order, refund_*' },
    ]);
  });
});

describe('policyRules() holds calls to `actors`', () => {
  const actors = { triage: ['transfer'], billing: ['get_order', 'refund_*'], constructor: [] };

  test.each<[string, string | undefined, string[]]>([
    ['transfer', 'triage', []],
    ['get_order', 'triage', ['actors']],
    ['refund_order', 'billing', []],
    ['refund_order', 'Billing', ['actors']],
    ['refund_order', 'bil*', ['actors']],
    ['refund_order', undefined, ['actors']],
    ['refund_order', 'constructor', ['actors']],
    ['refund_order', '__proto__', ['actors']],
    ['refund_order', 'toString', ['actors']],
  ])('a call of %s by %s', (tool, actor, wanted) => {
    expect(brokenBy({ actors }, call(tool, {}, actor === undefined ? {} : { actor }))).toEqual(
      wanted,
    );
  });

  test.each<[string, string | undefined, string[]]>([
    ['refund_order', 'billing', []],
    ['search', 'billing', ['actors']],
    ['search', 'other', ['actors']],
    ['search', undefined, ['actors']],
    ['wipe', 'other', ['tools', 'actors']],
    ['wipe', undefined, ['tools', 'actors']],
  ])('in place of `tools`: a call of %s by %s', (tool, actor, wanted) => {
    const policy = { actors, tools: ['search'] };
    expect(brokenBy(policy, call(tool, {}, actor === undefined ? {} : { actor }))).toEqual(wanted);
  });
});

describe('policyRules() reads unknown as yes', () => {
  const large = { refund: { amount: { $gt: 100 } } };

  test.each<[string, unknown, boolean]>([
    ['more', { amount: 150 }, true],
    ['less', { amount: 50 }, false],
    ['a number in a text', { amount: '150' }, true],
    ['beside other arguments, in any order', { note: 'x', amount: 150 }, true],
    ['a list', { amount: [150] }, true],
    ['null', { amount: null }, true],
    ['nothing there', {}, false],
    ['arguments that were not captured', undefined, true],
  ])('%s', (_, args, selected) => {
    const made = args === undefined ? { tool: 'refund' } : call('refund', args);
    expect(brokenBy({ deny: [large] }, made)).toEqual(selected ? ['deny'] : []);
    const rules = policyRules({ approve: [large] });
    expect(rules.needsApproval(callOf(made), BARE_SCOPE)).toBe(selected);
  });

  test('about where a value comes from, when nothing is known of earlier steps', () => {
    const policy = { deny: [{ pay: { to: { $from: ['lookup'] } } }] };
    expect(brokenBy(policy, call('pay', { to: 'DE1234567' }))).toEqual(['deny']);
  });
});

test('policyRules() traces values and compares captures', () => {
  const rules = policyRules({
    deny: [
      { pay: { to: { $not: { $from: ['lookup'] } } } },
      { move: { from: { $as: 'account' }, to: { $ref: 'account' } } },
    ],
  });
  const view = viewOf(
    trajectoryOf([
      call('lookup', {}, { result: { iban: 'DE1234567' } }),
      call('pay', { to: 'DE1234567' }),
      call('pay', { to: 'XX9999999' }),
      call('move', { from: 'a', to: 'b' }),
      call('move', { from: 'a', to: 'a' }),
    ]),
  );
  const broken = view.calls.map((one) => rules.violations(one, view.scopeAt(one.step)).length);
  expect(broken).toEqual([0, 0, 1, 0, 1]);
});

test('policyRules() looks at the arguments that were asked for', () => {
  const [asked] = pairCalls([
    { type: 'tool_call', id: 'a', tool: 'refund', args: { amount: 500 } },
    { type: 'approval', id: 'a', decision: 'modify', args: { amount: 1 } },
  ]).calls;
  if (!asked) throw new Error('No call was made');
  const rules = policyRules({
    deny: [{ refund: { amount: { $gt: 100 } } }],
    approve: [{ refund: { amount: { $gt: 100 } } }],
  });
  expect(rules.violations(asked, BARE_SCOPE)).toHaveLength(1);
  expect(rules.needsApproval(asked, BARE_SCOPE)).toBe(true);
});

test('policyRules() always allows the approval tool, and no name that is like it', () => {
  const policy: Policy = {
    tools: [],
    actors: {},
    deny: ['*'],
    approve: ['*'],
    approval_tool: 'ask_human',
  };
  expect(brokenBy(policy, call('ask_human'))).toEqual([]);
  expect(policyRules(policy).needsApproval(callOf(call('ask_human')), BARE_SCOPE)).toBe(false);
  expect(brokenBy(policy, call('ask_humans'))).toEqual(['tools', 'actors', 'deny']);
  expect(policyRules(policy).needsApproval(callOf(call('ask_humans')), BARE_SCOPE)).toBe(true);
});

test('policyRules() knows the actions of tools', () => {
  const rules = policyRules({ actions: { pay: ['send_*', 'refund'], constructor: ['refund'] } });
  expect(rules.actionsOf('refund')).toEqual(['pay', 'constructor']);
  expect(rules.actionsOf('send_money')).toEqual(['pay']);
  expect(rules.actionsOf('constructor')).toEqual([]);
  expect([...rules.has]).toEqual([]);
  expect(rules.blocks).toBe(true);
});
