import type { Call } from '../match/calls.ts';
import { NO_CAPTURES, type Scope } from '../match/scope.ts';
import type { ApprovalRule, Policy } from '../model/policy.ts';
import type { ApprovalStep, Step, ToolCallStep } from '../model/trajectory.ts';
import { approvalRules } from '../safety/policy/approval-rules.ts';
import { type PolicyRules, policyRules } from '../safety/policy/policy-rules.ts';
import type { Decided } from './approval-request.ts';
import { growingOrigins } from './growing-origins.ts';
import { grantPatterns, type KeptDecisions, keptDecisions } from './kept-decisions.ts';
import type { PeopleOptions } from './people.ts';
import type { SessionState } from './session-state.ts';
import { unrunCall } from './unrun-call.ts';

/** What a trial is held to, and the people that it can ask. */
export interface GuardOptions extends Pick<PeopleOptions, 'sleep' | 'askPerson'> {
  /** null where the suite does not say what agents may do. */
  readonly policy: Policy | null;
  readonly approvals: readonly ApprovalRule[];
  /** What the task asks for: a place that values come from. */
  readonly input: unknown;
}

/** What a guard keeps of its trial. */
export interface GuardedTrial {
  readonly state: SessionState;
  /** null where there is no policy. */
  readonly rules: PolicyRules | null;
  readonly people: PeopleOptions;
  readonly kept: KeptDecisions;
  /** Ids of calls that were ruled on. */
  readonly ruled: Set<string>;
  /** A recorded call, as patterns look at it. */
  callOf(step: ToolCallStep): Call;
  /** What patterns may look at beside a call at that place among the steps. */
  scopeAt(place: number): Scope;
  /** Records a decision about the call of an id. */
  record(
    decided: Decided,
    about: Partial<Pick<ApprovalStep, 'id' | 'tool' | 'asked' | 'asked_args' | 'asked_before'>>,
  ): void;
}

/** Gets it ready. */
export function guardedTrial(options: GuardOptions, state: SessionState): GuardedTrial {
  const { policy, approvals, input, sleep, askPerson } = options;
  const { steps, signal } = state;
  const { trial } = state.options;
  const { rules, grants } = compiledApprovals(approvals);
  const provenance = growingOrigins(steps, input);
  const placeOf = placesOf(steps);
  return {
    state,
    rules: policy && compiledPolicy(policy),
    people: { rules, sleep, askPerson, trial, signal },
    kept: keptDecisions(grants),
    ruled: new Set(),
    callOf: (step) => {
      const { id, tool, args, actor } = step;
      const names = { ...(id && { id }), ...(actor !== undefined && { actor }) };
      return unrunCall({ step: placeOf(step), tool, args: args ?? {}, ...names });
    },
    scopeAt: (step) => ({ env: NO_CAPTURES, relaxed: null, step, provenance }),
    record: (decided, about) => state.add({ type: 'approval', ...about, ...decided }),
  };
}

/** Tells the places of calls among steps to which more are added; each call is asked about once. */
function placesOf(steps: readonly Step[]): (step: ToolCallStep) => number {
  const places = new Map<Step, number>();
  let read = 0;
  return (step) => {
    for (; read < steps.length; read++) {
      const next = steps[read] as Step; // read < length
      if (next.type === 'tool_call') places.set(next, read);
    }
    const place = places.get(step) ?? steps.length;
    places.delete(step);
    return place;
  };
}

const policies = new WeakMap<Policy, PolicyRules>();

/** Compiled once for all trials of a suite. */
function compiledPolicy(policy: Policy): PolicyRules {
  const rules = policies.get(policy) ?? policyRules(policy);
  policies.set(policy, rules);
  return rules;
}

const scripts = new WeakMap<readonly ApprovalRule[], ReturnType<typeof compileApprovals>>();

function compiledApprovals(approvals: readonly ApprovalRule[]) {
  const compiled = scripts.get(approvals) ?? compileApprovals(approvals);
  scripts.set(approvals, compiled);
  return compiled;
}

function compileApprovals(approvals: readonly ApprovalRule[]) {
  return { rules: approvalRules(approvals), grants: grantPatterns(approvals) };
}
