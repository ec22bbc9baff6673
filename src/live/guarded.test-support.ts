import { onAbort } from '../io/on-abort.ts';
import type { ApprovalRule, Policy } from '../model/policy.ts';
import type { ToolAnswer } from '../tools/tool-host.ts';
import type { AskPerson } from './people.ts';
import { policyGuard } from './policy-guard.ts';
import { type SessionGiven, type TestSession, testSession } from './session.test-support.ts';
import type { LiveCall } from './session.ts';

/** What a test says of a guarded session. */
export interface GuardedGiven extends SessionGiven {
  readonly policy?: Policy | null;
  readonly approvals?: readonly ApprovalRule[];
  readonly askPerson?: AskPerson | null;
  readonly input?: unknown;
}

/** A session under a policy, with people whose time a test has in its hands. */
export interface GuardedSession extends TestSession {
  /** Arguments with which the mocks were called, by tool. */
  readonly ran: (readonly [string, unknown])[];
  /** Waits that have begun: their milliseconds, and what ends them. */
  readonly waits: { readonly ms: number; readonly end: () => void }[];
  /** Calls tools one after the other; gives the answers. */
  calls(...calls: readonly LiveCall[]): Promise<ToolAnswer[]>;
  /** Steps that say what was decided or blocked: type, id and that. */
  outcome(): string[];
}

/** Opens it; tools answer `done`. */
export function guardedSession(given: GuardedGiven = {}): GuardedSession {
  const { policy = null, approvals = [], askPerson = null, input } = given;
  const ran: [string, unknown][] = [];
  const waits: { ms: number; end: () => void }[] = [];
  const sleep = (ms: number, signal: AbortSignal) =>
    new Promise<void>((end, reject) => {
      onAbort(signal, () => reject(new Error('Cut short')));
      waits.push({ ms, end });
    });
  const answer = (call: Pick<LiveCall, 'tool' | 'args'>) => {
    ran.push([call.tool, call.args]);
    return given.answer?.(call) ?? { result: 'done' };
  };
  const guard = policyGuard({ policy, approvals, askPerson, input, sleep });
  const session = testSession({ ...given, answer, guard });
  return {
    ...session,
    ran,
    waits,
    calls: async (...calls) => {
      const answers: ToolAnswer[] = [];
      for (const call of calls) answers.push(await session.callTool(call));
      return answers;
    },
    outcome: () => session.steps.flatMap((step) => outcomeOf(step)),
  };
}

function outcomeOf(step: Readonly<Record<string, unknown>>): string[] {
  if (step['type'] === 'approval') return [`${step['id']} ${step['decision']}`];
  if (step['type'] !== 'tool_result') return [];
  return [`${step['id']} ${step['blocked'] ?? ('error' in step ? 'failed' : 'ok')}`];
}

/** An entry of `approvals`, as it is loaded. */
export function says(
  pattern: Readonly<Record<string, unknown>>,
  decision: ApprovalRule['decision'],
  more: Partial<ApprovalRule> = {},
): ApprovalRule {
  return { pattern, decision, ...more };
}
