import type { Call } from '../../match/calls.ts';
import type { CallPattern } from '../../match/pattern.ts';
import type { Scope } from '../../match/scope.ts';
import { matchesIn, SELECTS } from '../../match/select.ts';
import type { Reading } from '../../match/tri.ts';
import type { ApprovalDecision, ApprovalRule } from '../../model/policy.ts';
import { asAsked } from './as-asked.ts';
import { GRANTS, soundPatterns } from './sound-patterns.ts';

/** The people who approve, ready to be asked about many calls. */
export interface ApprovalRules {
  /** The first rule that decides about a call as it was asked for; null where none does, which denies it. */
  decide(call: Call, scope: Scope): ApprovalRule | null;
  /** Whether a rule for the approval tool lets that call run. */
  granted(rule: ApprovalRule, call: Call, scope: Scope): boolean;
}

/** Decisions that let a call run. */
const GRANTING = ['approve', 'modify'] as const satisfies readonly ApprovalDecision[];

/** Whether a decision lets a call run. */
export function grants(decision: string | undefined): boolean {
  return GRANTING.some((one) => one === decision);
}

/** Compiles validated approvals. What lets a call run reads unknown as no, what keeps it from running as yes. */
export function approvalRules(rules: readonly ApprovalRule[]): ApprovalRules {
  const compiled = rules.map((rule) => ({ rule, ...patternsOf(rule) }));
  const granting = new Map(
    rules.map((rule) => [rule, soundPatterns(rule.grants ?? [], GRANTS)] as const),
  );
  return {
    decide: (call, scope) => {
      const asked = asAsked(call);
      const found = compiled.find(({ patterns, reading }) =>
        matches(patterns, asked, scope, reading),
      );
      return found?.rule ?? null;
    },
    granted: (rule, call, scope) => matches(granting.get(rule) ?? [], asAsked(call), scope, 'no'),
  };
}

function patternsOf({ pattern, decision }: ApprovalRule): {
  patterns: readonly CallPattern[];
  reading: Reading;
} {
  return grants(decision)
    ? { patterns: soundPatterns([pattern], GRANTS), reading: 'no' }
    : { patterns: soundPatterns([pattern], SELECTS), reading: 'yes' };
}

function matches(
  patterns: readonly CallPattern[],
  call: Call,
  scope: Scope,
  reading: Reading,
): boolean {
  return patterns.some((pattern) => matchesIn(pattern, call, scope, reading).length > 0);
}
