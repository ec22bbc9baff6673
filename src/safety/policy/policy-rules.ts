import type { Call } from '../../match/calls.ts';
import type { CallPattern } from '../../match/pattern.ts';
import { NO_CAPTURES, type Scope } from '../../match/scope.ts';
import { matchesIn, SELECTS } from '../../match/select.ts';
import { cut } from '../../match/show.ts';
import { wildcard } from '../../match/wildcard.ts';
import type { Policy } from '../../model/policy.ts';
import { asAsked } from './as-asked.ts';
import { soundPatterns } from './sound-patterns.ts';

/** A key of a policy that a call can go against. */
export type PolicyRule = 'tools' | 'actors' | 'deny' | 'approve';

/** A key whose rule refuses calls by itself, whatever a person says. */
export type RefusingRule = Exclude<PolicyRule, 'approve'>;

/** A rule that a call goes against, and why. */
export interface Violation {
  readonly rule: PolicyRule;
  readonly reason: string;
}

/** A policy ready to be asked about many calls. */
export interface PolicyRules {
  /** Why a call as it was asked for goes against that rule, null where it does not. */
  against(rule: RefusingRule, call: Call, scope: Scope): string | null;
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

const REFUSING = ['tools', 'actors', 'deny'] as const;
const RULES = [...REFUSING, 'approve'] as const;

/** Compiles a validated policy. What it selects is compared in part, and unknown reads as yes. */
export function policyRules(policy: Policy): PolicyRules {
  const deny = soundPatterns(policy.deny ?? [], SELECTS);
  const approve = soundPatterns(policy.approve ?? [], SELECTS);
  const approvalTool = policy.approval_tool ?? null;
  const reasons = {
    tools: beyondTools(policy),
    actors: beyondActor(policy),
    deny: (call: Call, scope: Scope) => {
      const denied = firstOf(deny, call, scope);
      return denied ? `policy.deny refuses ${denied.words(NO_CAPTURES)}` : null;
    },
  } satisfies Record<RefusingRule, (call: Call, scope: Scope) => string | null>;
  const against = (rule: RefusingRule, call: Call, scope: Scope) =>
    call.tool === approvalTool ? null : reasons[rule](call, scope);
  const words = new Map<PolicyRule, string>();
  const actions = Object.entries(policy.actions ?? {}).map(
    ([action, tools]) => [action, someName(tools)] as const,
  );
  return {
    against,
    violations: (call, scope) =>
      REFUSING.flatMap((rule) => {
        const reason = against(rule, call, scope);
        return reason === null ? [] : [{ rule, reason }];
      }),
    needsApproval: (call, scope) =>
      call.tool !== approvalTool && firstOf(approve, call, scope) !== undefined,
    approvalTool,
    blocks: policy.on_violation !== 'observe',
    actionsOf: (tool) => actions.flatMap(([action, serves]) => (serves(tool) ? [action] : [])),
    has: new Set(RULES.filter((rule) => policy[rule] !== undefined)),
    words: (rule) => {
      const known = words.get(rule) ?? wordsOf(policy, rule, rule === 'deny' ? deny : approve);
      words.set(rule, known);
      return known;
    },
  };
}

function firstOf(patterns: readonly CallPattern[], call: Call, scope: Scope) {
  if (patterns.length === 0) return undefined;
  const asked = asAsked(call);
  return patterns.find((pattern) => matchesIn(pattern, asked, scope, 'yes').length > 0);
}

/** Holds calls to `tools`, but for those by actors that have a list of their own. */
function beyondTools({ tools, actors = {} }: Policy): (call: Call) => string | null {
  if (!tools) return () => null;
  const allowed = someName(tools);
  return ({ tool, actor }) => {
    if (allowed(tool) || (actor !== undefined && Object.hasOwn(actors, actor))) return null;
    return `${tool} is not among policy.tools: ${namesIn(tools)}`;
  };
}

/** Holds calls to the list of their actor; one that nobody known made is on none. */
function beyondActor({ actors }: Policy): (call: Call) => string | null {
  if (!actors) return () => null;
  const lists = new Map(
    Object.entries(actors).map(([name, list]) => [name, { list, allowed: someName(list) }]),
  );
  return ({ tool, actor }) => {
    const own = actor === undefined ? undefined : lists.get(actor);
    if (own?.allowed(tool)) return null;
    if (own) return `${tool} is not among policy.actors of ${actor}: ${namesIn(own.list)}`;
    const who = actor === undefined ? 'a call without an actor' : `a call by ${cut(actor, SHOWN)}`;
    return `${who}, expected one of policy.actors: ${namesIn([...lists.keys()])}`;
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
