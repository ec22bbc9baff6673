import { canonicalJson } from '../json/canonical.ts';
import type { Call } from '../match/calls.ts';
import type { Scope } from '../match/scope.ts';
import type { ApprovalRule } from '../model/policy.ts';
import { type ApprovalRules, approvalRules, grants } from '../safety/policy/approval-rules.ts';
import type { Decided } from './approval-request.ts';

/** The call that a decision is about. */
export interface AboutCall {
  readonly tool: string;
  readonly args: unknown;
}

/** A decision that was made before the call that it is about. */
export interface Kept {
  readonly decided: Decided;
  /** Id of the call with which the agent asked, where it asked by the approval tool. */
  readonly asked?: string;
  /** Whether its step stands in the record already, under the id of the call. */
  readonly recorded: boolean;
}

/** Decisions that wait for their calls; one that lets a call run does so once. */
export interface KeptDecisions {
  /** Keeps a decision about a call; the latest one about equal calls counts. */
  keep(about: AboutCall, kept: Kept): void;
  /** Keeps a decision about the next call of an id. */
  keepFor(id: string, about: AboutCall, kept: Kept): void;
  /** Keeps what a decision about the approval tool itself lets run, one call for each of its patterns. */
  keepGrants(rule: ApprovalRule, kept: Kept): void;
  /** Whether the record has a decision about the next call of that id. */
  awaits(id: string): boolean;
  /** The decision that stands in the record for the call of an id, null where there is none or it is about another one. */
  takeById(id: string, about: AboutCall): Kept | null;
  /** The decision about a call, a refusal too, null where there is none. */
  take(call: Call, scope: Scope): Kept | null;
  /** New arguments that a person gave a call as it stands, undefined where none wait to be used. */
  changedArgs(call: Call): unknown;
  /** The decision about just this call, as it stands or was changed; null where there is none. */
  takeExact(call: Call): Kept | null;
}

interface Entry extends Kept {
  used: boolean;
}

/** The patterns of a suite that grant, each as a rule of its own. */
export interface GrantPatterns {
  readonly rules: ApprovalRules;
  readonly of: ReadonlyMap<ApprovalRule, readonly ApprovalRule[]>;
}

/** Sets the patterns of `grants` apart. */
export function grantPatterns(approvals: readonly ApprovalRule[]): GrantPatterns {
  const of = new Map(
    approvals.map((rule) => {
      const single = (rule.grants ?? []).map((grant) => ({ ...rule, grants: [grant] }));
      return [rule, single] as const;
    }),
  );
  return { rules: approvalRules([...of.values()].flat()), of };
}

/** Starts without any. */
export function keptDecisions(patterns: GrantPatterns): KeptDecisions {
  const byId = new Map<string, { entry: Entry; keys: readonly string[] }>();
  const byCall = new Map<string, { granting: Entry[]; refusal: Entry | null }>();
  const byPattern = new Map<ApprovalRule, Entry[]>();
  const changed = new Map<string, Entry>();
  const add = (key: string, entry: Entry) => {
    const known = byCall.get(key);
    const goesOn = grants(entry.decided.decision);
    if (!goesOn) byCall.set(key, { granting: [], refusal: entry });
    else if (known) {
      known.granting.push(entry);
      known.refusal = null;
    } else byCall.set(key, { granting: [entry], refusal: null });
  };
  const takeGrant = (call: Call): Kept | null => {
    const entry = takeUnused(byCall.get(keyOf(call))?.granting ?? []);
    return entry ? { ...entry, recorded: false } : null;
  };
  const takeExact = (call: Call): Kept | null => {
    const refusal = byCall.get(keyOf(call))?.refusal;
    return takeGrant(call) ?? (refusal ? { ...refusal, recorded: false } : null);
  };
  return {
    keep: (about, kept) => {
      const entry = { ...kept, used: false };
      changed.set(keyOf(about), entry);
      add(keyOf(agreed(about, kept)), entry);
    },
    changedArgs: (call) => {
      const { used, decided } = changed.get(keyOf(call)) ?? { used: true };
      return used ? undefined : decided?.args;
    },
    keepFor: (id, about, kept) => {
      const entry = { ...kept, used: false };
      const keys = [keyOf(about), keyOf(agreed(about, kept))];
      byId.set(id, { entry, keys });
      add(keys[1] as string, entry); // two of them
    },
    keepGrants: (rule, kept) => {
      for (const pattern of patterns.of.get(rule) ?? []) {
        const open = byPattern.get(pattern) ?? [];
        open.push({ ...kept, used: false });
        byPattern.set(pattern, open);
      }
    },
    awaits: (id) => byId.has(id),
    takeById: (id, about) => {
      const known = byId.get(id);
      if (!known || known.entry.used || !known.keys.includes(keyOf(about))) return null;
      byId.delete(id);
      known.entry.used = true;
      return known.entry;
    },
    take: (call, scope) => {
      const exact = takeExact(call);
      if (exact) return exact;
      for (const [pattern, open] of byPattern) {
        if (open.length > 0 && patterns.rules.granted(pattern, call, scope)) {
          return takeUnused(open) ?? null;
        }
      }
      return null;
    },
    takeExact,
  };
}

/** The call that a decision lets run: with modified arguments, where it modifies. */
function agreed({ tool, args }: AboutCall, { decided }: Kept): AboutCall {
  return decided.decision === 'modify' ? { tool, args: decided.args } : { tool, args };
}

function keyOf({ tool, args }: AboutCall): string {
  return JSON.stringify([tool, canonicalJson(args ?? {})]);
}

/** Takes the latest that was not used in another way. */
function takeUnused(entries: Entry[]): Entry | undefined {
  for (let last = entries.pop(); last; last = entries.pop()) {
    if (last.used) continue;
    last.used = true;
    return last;
  }
  return undefined;
}
