import * as z from 'zod';

/** What an agent may do, as written and validated; patterns are call patterns that select. */
export interface Policy {
  /** Tools that may be called, and no others; `*` is a wildcard over whole names. */
  readonly tools?: readonly string[];
  /** Tools by actor, in place of `tools`. */
  readonly actors?: Readonly<Record<string, readonly string[]>>;
  /** Calls that are refused. */
  readonly deny?: readonly unknown[];
  /** Calls that need the approval of a person. */
  readonly approve?: readonly unknown[];
  /** Tool with which the agent asks for approval itself. */
  readonly approval_tool?: string;
  /** Tools by the action that they serve: after a denial none of the others is a way round. */
  readonly actions?: Readonly<Record<string, readonly string[]>>;
  /** `block`, unless given: a live call that violates the policy is refused. */
  readonly on_violation?: 'block' | 'observe';
}

/** What a person may say to a request; `ask` puts it to a person at the terminal. */
export const ApprovalDecision = z.enum(['approve', 'modify', 'deny', 'terminate', 'expire', 'ask']);
export type ApprovalDecision = z.infer<typeof ApprovalDecision>;

/** One decision of a scripted person: the first whose pattern matches counts. */
export interface ApprovalRule {
  /** Call pattern that the request must match. */
  readonly pattern: Readonly<Record<string, unknown>>;
  readonly decision: ApprovalDecision;
  /** With `modify`: the arguments that the call runs with. */
  readonly with?: Readonly<Record<string, unknown>>;
  readonly reason?: string;
  /** Milliseconds until the person answers, or until the request expires. */
  readonly delay_ms?: number;
  /** Of a rule for the approval tool itself: the calls that it lets run, one each. */
  readonly grants?: readonly unknown[];
}
