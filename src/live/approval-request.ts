import type { ApprovalDecision } from '../model/policy.ts';

/** A call that an agent asks a person about before it makes it. */
export interface ApprovalRequest {
  /** Id that the call will have. */
  readonly id?: string;
  readonly tool: string;
  /** `{}` unless given. */
  readonly args?: unknown;
}

/** What a person said to a request, as its agent reads it. */
export interface ApprovalAnswer {
  readonly decision: Exclude<ApprovalDecision, 'ask'>;
  readonly reason?: string;
  /** With `modify`: the arguments that the call is to have. */
  readonly args?: unknown;
}

/** A decision, as it is recorded. */
export interface Decided extends ApprovalAnswer {
  /** `human`, or `nobody` where no person decides about such a call. */
  readonly by: 'human' | 'nobody';
}

/** What an agent reads of a decision. */
export function answerOf({ by: _, ...answer }: Decided): ApprovalAnswer {
  return answer;
}
