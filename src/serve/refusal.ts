import { AgentopsError } from '../errors.ts';
import { type Halt, TrialHalted } from '../live/session.ts';
import { RefusedRequest } from '../llm/dialects/request-fields.ts';
import { RefusedBody } from './read-body.ts';

/** An answer that does nothing for the agent. */
export interface Refusal {
  readonly status: number;
  readonly message: string;
  readonly code: string;
}

/** Asks clients not to try again what cannot succeed. */
export const NO_RETRY = { 'x-should-retry': 'false' };

/** The answer to what was thrown while a request was served; null for a fault that nobody foresaw. */
export function refusalOf(thrown: unknown): Refusal | null {
  if (thrown instanceof TrialHalted) return haltedRefusal(thrown.halt);
  if (thrown instanceof RefusedRequest) {
    return { status: 400, message: thrown.message, code: 'invalid_request' };
  }
  if (thrown instanceof RefusedBody) {
    const { status, message } = thrown;
    return { status, message, code: status === 429 ? 'too_many_requests' : 'invalid_body' };
  }
  if (thrown instanceof AgentopsError) {
    return { status: 400, message: thrown.message, code: thrown.code };
  }
  return null;
}

/** 403 is a status that clients do not try again on their own. */
function haltedRefusal(halt: Halt): Refusal {
  switch (halt.kind) {
    case 'limit': {
      const message = `Cannot go on: the trial reached its ceiling ${halt.limit} (${halt.reason})`;
      return { status: 403, message, code: 'trial_limit' };
    }
    case 'fault': {
      const message = `Cannot go on: the trial ended with an error (${halt.error.message})`;
      return { status: 403, message, code: 'trial_fault' };
    }
    case 'terminated': {
      const message = `Cannot go on: a person ended the trial (${halt.reason})`;
      return { status: 403, message, code: 'trial_terminated' };
    }
    case 'interrupted':
      return {
        status: 403,
        message: 'Cannot go on: the trial was interrupted',
        code: 'trial_interrupted',
      };
  }
}
