import type { Violation } from '../safety/policy/policy-rules.ts';
import type { Decided } from './approval-request.ts';
import type { Ruling } from './guard.ts';

type Refusal = Extract<Ruling, { kind: 'refuse' }>;

/** Refuses a call that goes against a policy. What a pattern looks for is not told: it may be a secret. */
export function againstPolicy(tool: string, violations: readonly Violation[]): Refusal {
  const reasons = violations.map(({ rule, reason }) =>
    rule === 'deny' ? `this call of ${tool} is not allowed (policy.deny)` : reason,
  );
  return refusal('policy', 'policy', `Refused by the policy: ${reasons.join('; ')}`);
}

/** Refuses a call that its agent should have asked about. */
export function askFirst(tool: string, approvalTool: string): Refusal {
  const how = `ask with ${approvalTool} first, and name the tool and the args as you will call it`;
  return refusal('policy', 'policy', `${tool} needs the approval of a person for this: ${how}`);
}

/** Refuses a call whose arguments a person changed before it was made. */
export function changedBy(tool: string, args: unknown): Refusal {
  const how = `call ${tool} with ${JSON.stringify(args)}`;
  return refusal('policy', 'policy', `A person changed the arguments of this call: ${how}`);
}

/** Refuses a call that a person did not let run. */
export function refusedBy(tool: string, { decision, reason, by }: Decided): Refusal {
  const why = reason === undefined ? '' : `: ${reason}`;
  if (decision === 'expire') {
    return refusal('approval', 'expired', `Nobody answered about ${tool} in time${why}`);
  }
  const who = by === 'nobody' ? 'It was denied' : `A person denied ${tool}`;
  return refusal('approval', 'denied', who + why);
}

/** Ends the trial for a person. */
export function terminatedBy(tool: string, { reason }: Decided): string {
  const why = reason === undefined ? '' : `: ${reason}`;
  return `A person who was asked about ${tool} ended the trial${why}`;
}

function refusal(blocked: Refusal['blocked'], code: string, message: string): Refusal {
  return { kind: 'refuse', blocked, error: { code, message } };
}
