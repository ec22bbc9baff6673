import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { pairCalls } from '../../match/calls.ts';
import { loadEnginesFor } from '../../match/engines.ts';
import { BARE_SCOPE } from '../../match/scope.ts';
import type { ApprovalRule, Policy } from '../../model/policy.ts';
import { approvalRules } from '../../safety/policy/approval-rules.ts';
import { policyRules } from '../../safety/policy/policy-rules.ts';
import { approvalsSchema, policySchema } from '../../suite/policy-keys.ts';
import { approvalPolicy } from './approval-policy.ts';
import { inspectDecides, type MadeArguments, type Outcome } from './inspect-oracle.test-support.ts';
import { readApprovers } from './read-approvers.ts';

await loadEnginesFor('$regex', { $regex: 'a' });

const outcomes = {
  approve: 'approve',
  ask: 'ask',
  deny: 'reject',
  terminate: 'terminate',
} as const;

type Written = {
  name: string;
  tools: string | string[];
  decision?: string;
  [key: string]: unknown;
};

function read(approvers: readonly Written[]) {
  const { approvers: chain, faults } = readApprovers({ approvers });
  expect(faults).toEqual([]);
  return chain;
}

/** What our policy makes of a call; the policy must be one that a suite may have. */
function decider(approvers: readonly Written[], tools: readonly string[] | null = null) {
  const { policy, approvals, losses } = approvalPolicy(read(approvers), tools);
  expect(policySchema.safeParse(policy).error).toBe(undefined);
  expect(approvalsSchema.safeParse(approvals).error).toBe(undefined);
  const rules = policyRules(policy as Policy);
  const people = approvalRules(
    approvals.map(({ decision, ...pattern }) => ({ decision, pattern }) as ApprovalRule),
  );
  const decide = (tool: string, args: unknown): Outcome => {
    const step = { type: 'tool_call' as const, tool };
    const known = args === undefined ? { args_missing: 'redacted' as const } : { args };
    const [call] = pairCalls([{ ...step, ...known }]).calls;
    if (!call) throw new Error('no call');
    if (rules.violations(call, BARE_SCOPE).length > 0) return 'reject';
    if (!rules.needsApproval(call, BARE_SCOPE)) return 'approve';
    const decision = people.decide(call, BARE_SCOPE)?.decision ?? 'deny';
    return outcomes[decision as keyof typeof outcomes];
  };
  return { decide, policy, approvals, losses };
}

const auto = (tools: string | string[], decision?: string): Written => ({
  name: 'auto',
  tools,
  ...(decision !== undefined && { decision }),
});
const human = (tools: string | string[]): Written => ({ name: 'human', tools });

describe('approvalPolicy() decides as Inspect does', () => {
  const computer = [human("computer(action='key'"), auto('*')];
  const chain = [
    auto("bash(cmd='ls"),
    auto('bash', 'reject'),
    human('web_*'),
    auto(['web_search', 'read']),
  ];
  it.each<[string, Written[], string, MadeArguments]>([
    ['a call that a person is asked about', computer, 'computer', { action: 'key' }],
    ['with more arguments', computer, 'computer', { action: 'key', text: 'Enter' }],
    ['with another value', computer, 'computer', { action: 'click' }],
    ['another tool', computer, 'other', {}],
    ['no approver at all', [auto('read')], 'write', {}],
    ['all approvers pass on', [auto('*', 'escalate')], 'read', {}],
    ['one passes on, the next decides', [auto('*', 'escalate'), auto('read')], 'read', {}],
    ['the first that decides wins', [auto('read', 'reject'), auto('*')], 'read', {}],
    ['and the second does not', [auto('*'), auto('read', 'reject')], 'read', {}],
    ['the end of a trial', [auto('rm', 'terminate'), auto('*')], 'rm', {}],
    ['a refusal before it', [auto('rm', 'reject'), auto('rm', 'terminate')], 'rm', {}],
    ['a change that is not written down', [auto('rm', 'modify'), auto('*')], 'rm', {}],
    ['a last refusal of everything', [auto('read'), auto('*', 'reject')], 'write', {}],
    ['what stands before that', [auto('read'), auto('*', 'reject')], 'read', {}],
    ['a narrow grant before a refusal', chain, 'bash', { cmd: 'ls -l' }],
    ['the refusal behind it', chain, 'bash', { cmd: 'rm -r /' }],
    ['a wildcard that is asked before a grant', chain, 'web_search', {}],
    ['a tool of nothing but arguments, others', [auto("bash(cmd='ls'")], 'bash', { cmd: 'rm' }],
    ['a tool of nothing but arguments, those', [auto("bash(cmd='ls'")], 'bash', { cmd: 'ls' }],
    ['arguments of any tool', [auto("*(path='/tmp")], 'read', { path: '/tmp/x' }],
    ['and not others', [auto("*(path='/tmp")], 'read', { path: '/etc' }],
    [
      'a wildcard in a value',
      [auto("get(url='https://*.example.com/*')")],
      'get',
      { url: 'https://a.example.com/b' },
    ],
    [
      'and another host',
      [auto("get(url='https://*.example.com/*')")],
      'get',
      { url: 'https://evil.test/' },
    ],
    ['an argument further on', [human("*action='key'"), auto('*')], 'computer', { action: 'key' }],
    [
      'plain values',
      [auto('set(on=True, n=3,'), auto('*', 'reject')],
      'set',
      { on: true, n: 3, x: 1 },
    ],
    ['and other plain values', [auto('set(on=True, n=3,')], 'set', { on: false, n: 3, x: 1 }],
    ['no arguments', [auto('now()')], 'now', {}],
    ['some arguments', [auto('now()')], 'now', { zone: 'UTC' }],
    ['a tool named like a key of approvals', [human('decision'), auto('*')], 'decision', {}],
    [
      'a tool named like what every object has',
      [auto('constructor'), human('__proto__')],
      '__proto__',
      {},
    ],
    ['code that is not here', [{ name: 'evaltools/bash_allowlist', tools: 'bash' }], 'bash', {}],
  ])('%s', (_what, approvers, tool, args) => {
    const wanted = inspectDecides(read(approvers), tool, args);
    expect(decider(approvers).decide(tool, args)).toBe(wanted);
  });
});

describe('approvalPolicy() decides better than Inspect', () => {
  it('about arguments in another order', () => {
    const approvers = [human("computer(action='key'"), auto('*')];
    const evasion = { text: 'Enter', action: 'key' };
    expect(inspectDecides(read(approvers), 'computer', evasion)).toBe('approve');
    const { decide, policy } = decider(approvers);
    expect(decide('computer', evasion)).toBe('ask');
    expect(policy).toEqual({ approve: [{ computer: { action: 'key' } }] });
  });

  it('about arguments that are not known', () => {
    const { decide } = decider([human("computer(action='key'"), auto('*')]);
    expect(decide('computer', undefined)).toBe('ask');
    expect(decider([auto("bash(cmd='ls'")]).decide('bash', undefined)).toBe('reject');
  });

  it('about names that only begin alike: a grant is for that tool alone', () => {
    const approvers = [auto('bash')];
    expect(inspectDecides(read(approvers), 'bash_session', {})).toBe('approve');
    const { decide, losses, policy } = decider(approvers);
    expect(decide('bash_session', {})).toBe('reject');
    expect(policy).toEqual({ tools: ['bash'] });
    expect([...losses.keys()]).toEqual(['prefix']);
    const known = decider(approvers, ['bash', 'bash_session', 'rebash']);
    expect(known.losses.get('prefix')).toEqual([expect.stringContaining('"bash_session"')]);
    expect(known.decide('bash_session', {})).toBe('reject');
  });
});

describe('approvalPolicy() tells what it does not say as Inspect', () => {
  it('and asks about longer names that are known', () => {
    const { decide, losses, policy } = decider([human('send'), auto('*')], ['send', 'send_money']);
    expect(decide('send_money', {})).toBe('ask');
    expect(policy).toEqual({ approve: ['send', 'send_money'] });
    expect(losses.get('prefix')).toEqual([expect.stringContaining('added by name')]);
    expect(decider([human('send'), auto('*')], ['send']).losses.size).toBe(0);
  });

  it.each<[string, Written[], string]>([
    ['code', [{ name: 'x/y', tools: 'bash', allowed: ['ls'] }], 'approver: and its allowed'],
    ['choices', [{ name: 'human', tools: '*', choices: ['approve'] }], 'parameter: choices'],
    ['a change', [auto('*', 'modify')], 'modify: they are denied'],
    ['one that passes on', [auto('*', 'escalate')], 'escalate: left out'],
    ['what is never reached', [auto('*'), auto('rm', 'reject')], 'unreachable: 1 rules'],
    ['a pattern that grants', [auto('b?sh*')], 'pattern: it grants nothing'],
    [
      'a name that rings',
      [auto('b\u0007sh'), human('x\u0007'), auto('*')],
      'pattern: it grants nothing',
    ],
    [
      'a pattern that refuses',
      [auto('b[a]sh*', 'reject'), auto('*')],
      'pattern: all calls of b*sh*',
    ],
    [
      'text in the middle',
      [auto('bash(*rm -rf*', 'reject'), auto('*')],
      'pattern: all calls of bash',
    ],
    ['a number that may go on', [auto('pay(amount=1')], 'number: only this one is granted'],
  ])('%s', (_what, approvers, told) => {
    const { losses } = decider(approvers);
    const [kind, words] = told.split(': ');
    expect(losses.get(kind ?? '')?.join()).toContain(words);
  });

  it('and never grants what a pattern that cannot be said refuses', () => {
    const { decide } = decider([auto('bash(*rm -rf*', 'reject'), human('b?t*'), auto('*')]);
    expect(decide('bash', { cmd: 'ls' })).toBe('reject');
    expect(decide('bat', {})).toBe('ask');
    expect(decide('other', {})).toBe('approve');
  });
});

describe('approvalPolicy() never grants more than Inspect', () => {
  const names = ['bash', 'bash_session', 'send', 'send_money'];
  const heads = fc.constantFrom('bash', 'send', 'send_money', '*', 'b*', '*_money', 'se?d');
  const tails = fc.constantFrom(
    '',
    '',
    '(',
    "(to='ann'",
    "(to='a",
    "(to='a*', n=1",
    '(to=*',
    '()',
    "(to='ann', n=1)",
    '*',
  );
  const pattern = fc.tuple(heads, tails).map((parts) => parts.join(''));
  const approver = fc.record({
    name: fc.constantFrom('auto', 'auto', 'auto', 'human', 'x/y'),
    tools: fc.array(pattern, { minLength: 1, maxLength: 2 }),
    decision: fc.constantFrom('approve', 'approve', 'reject', 'escalate', 'terminate', 'modify'),
  });
  const args = fc.constantFrom(
    {},
    { to: 'ann' },
    { to: 'abe' },
    { to: 'ann', n: 1 },
    { to: 'ann', n: 12 },
    { to: 'zoe', n: 1 },
  );

  it('where the names of the tools are known', () => {
    fc.assert(
      fc.property(
        fc.array(approver, { minLength: 1, maxLength: 5 }),
        fc.constantFrom(...names),
        args,
        (approvers, tool, made) => {
          const wanted = inspectDecides(read(approvers), tool, made);
          if (decider(approvers, names).decide(tool, made) === 'approve')
            expect(wanted).toBe('approve');
        },
      ),
      { seed: 7, numRuns: 3000 },
    );
  });
});
