import type { Session } from '../live/session.ts';

/** A call that an agent asks a person about before it makes it. */
export interface ApprovalRequest {
  readonly id?: string;
  readonly tool: string;
  readonly args?: unknown;
}

/** What a person said to it. */
export interface ApprovalAnswer {
  readonly decision: 'approve' | 'modify' | 'deny' | 'terminate' | 'expire';
  readonly reason?: string;
  readonly args?: unknown;
}

/** Answers a request for approval and records the answer; nobody is scripted to approve anything, so it is denied. */
export function askApproval(session: Session, { id, tool }: ApprovalRequest): ApprovalAnswer {
  const answer = { decision: 'deny', reason: `Nobody is there to approve ${tool}` } as const;
  session.record({ type: 'approval', ...(id !== undefined && { id }), by: 'nobody', ...answer });
  return answer;
}
