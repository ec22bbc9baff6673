import type { Call } from '../match/calls.ts';
import type { CallPattern } from '../match/pattern.ts';
import { NO_CAPTURES, type Scope } from '../match/scope.ts';
import { matchesIn, SELECTS } from '../match/select.ts';
import { cut } from '../match/show.ts';
import { wildcard } from '../match/wildcard.ts';
import type { Policy } from '../model/policy.ts';
import { asAsked } from './as-asked.ts';
import { soundPatterns } from './sound-patterns.ts';

/** A key of a policy that a call can go against. */
export type PolicyRule = 'tools' | 'actors' | 'deny' | 'approve';

/** A rule that a call goes against, and why. */
export interface Violation {
  readonly rule: PolicyRule;
  readonly reason: string;
}

/** A policy ready to be asked about many calls. */
export interface PolicyRules {
  /** Rules that a call as it was asked for goes against; `approve` is not among them. */
  violations(call: Call, scope: Scope): Violation[];
  /** Whether a person must have approved it. */
  needsApproval(call: Call, scope: Scope): boolean;
  readonly approvalTool: string | null;
  /** Live calls that go against it are refused, not only told of. */
  readonly blocks: boolean;
  /** Actions of the policy that a tool serves. */
  actionsOf(tool: string): readonly string[];
  /** Keys that the policy has. */
  readonly has: ReadonlySet<PolicyRule>;
  /** A rule as written, in words. */
  words(rule: PolicyRule): string;
}

/** The longest list of names or patterns in a sentence. */
const SHOWN = 300;

const RULES = ['tools', 'actors', 'deny', 'approve'] as const;

/** Compiles a validated policy. What it selects is compared in part, and unknown reads as yes. */
export function policyRules(policy: Policy): PolicyRules {
  const deny = soundPatterns(policy.deny ?? [], SELECTS);
  const approve = soundPatterns(policy.approve ?? [], SELECTS);
  const approvalTool = policy.approval_tool ?? null;
  const permits = permissions(policy);
  const actions = Object.entries(policy.actions ?? {}).map(
    ([action, tools]) => [action, someName(tools)] as const,
  );
  return {
    violations(call, scope) {
      if (call.tool === approvalTool) return [];
      const denied = firstOf(deny, call, scope);
      if (!denied) return permits(call);
      const reason = `${call.tool} is refused by policy.deny: ${denied.words(NO_CAPTURES)}`;
      return [...permits(call), { rule: 'deny', reason }];
    },
    needsApproval: (call, scope) =>
      call.tool !== approvalTool && firstOf(approve, call, scope) !== undefined,
    approvalTool,
    blocks: policy.on_violation !== 'observe',
    actionsOf: (tool) => actions.flatMap(([action, serves]) => (serves(tool) ? [action] : [])),
    has: new Set(RULES.filter((rule) => policy[rule] !== undefined)),
    words: (rule) => wordsOf(policy, rule, rule === 'deny' ? deny : approve),
  };
}

function firstOf(patterns: readonly CallPattern[], call: Call, scope: Scope) {
  if (patterns.length === 0) return undefined;
  const asked = asAsked(call);
  return patterns.find((pattern) => matchesIn(pattern, asked, scope, 'yes').length > 0);
}

/** Tells which lists of names a call goes against: an actor's own list stands in place of `tools`. */
function permissions({ tools, actors }: Policy): (call: Call) => Violation[] {
  const allowed = tools && someName(tools);
  const byActor =
    actors && new Map(Object.entries(actors).map(([name, list]) => [name, someName(list)]));
  const beyond = ({ tool }: Call): Violation[] => {
    if (!allowed || allowed(tool)) return [];
    const reason = `${tool} is not among policy.tools: ${namesIn(tools)}`;
    return [{ rule: 'tools', reason }];
  };
  return (call) => {
    if (!byActor) return beyond(call);
    const { actor, tool } = call;
    if (actor === undefined) {
      const reason = `${tool} is called by no actor, which policy.actors wants: ${namesIn([...byActor.keys()])}`;
      return [...beyond(call), { rule: 'actors', reason }];
    }
    const own = byActor.get(actor);
    if (!own) {
      const reason = `${actor} is not among policy.actors: ${namesIn([...byActor.keys()])}`;
      return [...beyond(call), { rule: 'actors', reason }];
    }
    if (own(tool)) return [];
    const reason = `${tool} is not among policy.actors of ${actor}: ${namesIn(actors?.[actor] ?? [])}`;
    return [{ rule: 'actors', reason }];
  };
}

/** Makes a test of whole names against a list with wildcards. */
function someName(list: readonly string[]): (name: string) => boolean {
  const plain = new Set(list.filter((name) => !name.includes('*')));
  const wild = list.filter((name) => name.includes('*')).map(wildcard);
  return (name) => plain.has(name) || wild.some((is) => is(name));
}

function namesIn(list: readonly string[]): string {
  return list.length === 0 ? 'none' : cut(list.join(', '), SHOWN);
}

function wordsOf(policy: Policy, rule: PolicyRule, patterns: readonly CallPattern[]): string {
  if (rule === 'tools') return namesIn(policy.tools ?? []);
  if (rule !== 'actors') return namesIn(patterns.map((one) => one.words(NO_CAPTURES)));
  const lists = Object.entries(policy.actors ?? {});
  return namesIn(lists.map(([actor, tools]) => `${actor}: ${namesIn(tools)}`));
}
