import { type ApprovalAnswer, type ApprovalRequest, answerOf } from './approval-request.ts';
import { faulted, terminate } from './call-tool.ts';
import { nobody } from './people.ts';
import { terminatedBy } from './refusal-words.ts';
import type { SessionState } from './session-state.ts';

/** Puts a call to the people before it is made, and records what they decide. Throws `TrialHalted` once the trial is stopped, by their decision too. */
export async function requestApproval(
  state: SessionState,
  request: ApprovalRequest,
): Promise<ApprovalAnswer> {
  state.throwIfHalted();
  if (!state.guard) return answerOf(nobody(request.tool));
  try {
    const decided = await state.guard.ask(request);
    state.throwIfHalted();
    if (decided.decision === 'terminate')
      throw terminate(state, terminatedBy(request.tool, decided));
    return answerOf(decided);
  } catch (thrown) {
    throw faulted(state, thrown);
  }
}
