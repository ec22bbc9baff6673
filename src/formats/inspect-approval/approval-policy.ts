import { canonicalJson } from '../../json/canonical.ts';
import { wildcard } from '../../match/wildcard.ts';
import { matcherPattern } from '../trajectory-to-suite.ts';
import { type ChainRule, chainRules, type Lose } from './chain-rules.ts';
import type { Approver } from './read-approvers.ts';

/** The name in `--from` of approval files, which are no trajectories. */
export const APPROVALS = 'inspect-approval';

/** A policy and its approvals as a suite has them. */
export interface ApprovalPolicy {
  readonly policy: Readonly<Record<string, unknown>>;
  readonly approvals: readonly Readonly<Record<string, unknown>>[];
  /** What they do not say as Inspect's file does, in sentences by kind. */
  readonly losses: ReadonlyMap<string, readonly string[]>;
}

/** Makes a policy of a chain of approvers: the first that matches decides, and what none matches is refused. `tools` are the names that there are, null where they are not known. */
export function approvalPolicy(
  approvers: readonly Approver[],
  tools: readonly string[] | null,
): ApprovalPolicy {
  const losses = new Map<string, string[]>();
  const lose: Lose = (kind, words) => losses.set(kind, [...(losses.get(kind) ?? []), words]);
  const chain = reachable(chainRules(approvers, tools, lose), lose);
  const last = chain.at(-1);
  // What no rule matches is refused anyway
  const rules = last && isAll(last) && last.decision === 'deny' ? chain.slice(0, -1) : chain;
  const denied = rules.filter((rule, at) => mayBeDenied(rule, rules.slice(0, at)));
  const decided = rules.filter((rule) => !denied.includes(rule));
  const allowed = namesOf(decided.filter(({ decision }) => decision !== 'deny'));
  const approve = approvePatterns(decided, allowed);
  return {
    policy: {
      ...(!allowed.includes('*') && { tools: allowed }),
      ...(denied.length > 0 && { deny: unique(denied.map(patternOf)) }),
      ...(approve.length > 0 && { approve }),
    },
    approvals: approve.length === 0 ? [] : decided.map(approvalOf),
    losses,
  };
}

/** The rules up to the first that decides about every call. */
function reachable(rules: readonly ChainRule[], lose: Lose): readonly ChainRule[] {
  const end = rules.findIndex(isAll);
  if (end === -1 || end === rules.length - 1) return rules;
  const left = rules.length - 1 - end;
  lose(
    'unreachable',
    `${left} rules behind the one for all tools are never asked: they are left out`,
  );
  return rules.slice(0, end + 1);
}

function isAll({ tool, args }: ChainRule): boolean {
  return args === null && /^\*+$/.test(tool);
}

/** Whether a refusal can stand in `deny`, which has no order: nothing before it may decide otherwise about its tools. */
function mayBeDenied(rule: ChainRule, before: readonly ChainRule[]): boolean {
  if (rule.decision !== 'deny') return false;
  return before.every((other) => other.decision === 'deny' || !overlap(other.tool, rule.tool));
}

function overlap(one: string, other: string): boolean {
  if (one.includes('*') && other.includes('*')) return true;
  return wildcard(one)(other) || wildcard(other)(one);
}

/** Calls that need a decision: those that some rule does not simply grant, and those of tools that no rule without arguments speaks of. */
function approvePatterns(rules: readonly ChainRule[], allowed: readonly string[]): unknown[] {
  const whole = rules.filter(({ args }) => args === null).map(({ tool }) => tool);
  const speaks = (tool: string) => whole.some((one) => one === tool || wildcard(one)(tool));
  const undecided = allowed.filter((tool) => !speaks(tool));
  const asked = rules.filter(({ decision }) => decision !== 'approve');
  const bare = new Set([...undecided, ...namesOf(asked.filter(({ args }) => args === null))]);
  if (bare.has('*')) return ['*'];
  const partial = asked.filter(({ tool, args }) => args !== null && !bare.has(tool));
  return [...bare, ...unique(partial.map(patternOf))];
}

function namesOf(rules: readonly ChainRule[]): string[] {
  return [...new Set(rules.map(({ tool }) => (/^\*+$/.test(tool) ? '*' : tool)))];
}

function patternOf({ tool, args }: ChainRule): unknown {
  return args === null ? tool : matcherPattern(tool, args);
}

/** The long form: an approval has keys of its own, which a tool may be named like. */
function approvalOf({ tool, args, decision }: ChainRule): Record<string, unknown> {
  return { tool, ...(args !== null && { args }), decision };
}

function unique(patterns: readonly unknown[]): unknown[] {
  return [...new Map(patterns.map((one) => [canonicalJson(one), one])).values()];
}
