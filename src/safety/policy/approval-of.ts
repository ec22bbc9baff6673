import { type Call, NO_APPROVAL, NO_RESULT } from '../../match/calls.ts';
import { sameJson } from '../../match/same-json.ts';
import { NO, NOT_KNOWN, type Tri, UNKNOWN, YES } from '../../match/tri.ts';
import type { View } from '../../match/view.ts';
import type { ApprovalStep, ToolResultStep } from '../../model/trajectory.ts';
import { grants } from './approval-rules.ts';

/** The last decision about a call before its result, null where nobody took one. */
export function decisionOn(call: Call, { steps }: Pick<View, 'steps'>): ApprovalStep | null {
  if (call.approval === NO_APPROVAL) return null;
  return steps[call.approval] as ApprovalStep; // paired by the tag of its type
}

/** Whether a person let a call run, with the arguments that it ran with. */
export function isApproved(call: Call, view: Pick<View, 'steps'>): Tri {
  const decided = decisionOn(call, view);
  if (!decided || !grants(decided.decision) || decided.by === 'nobody') return NO;
  const { args } = decided;
  if ((decided['tool'] ?? call.tool) !== call.tool) return NO; // a call of another tool was asked about
  if (args === undefined) return decided.decision === 'modify' ? UNKNOWN : YES;
  return call.args === NOT_KNOWN ? UNKNOWN : sameJson(args, call.args);
}

/** What kept a call from running: `true` where the record does not say, null where it ran or has no result. */
export function blockedBy(call: Call, { steps }: Pick<View, 'steps'>): string | true | null {
  if (call.status !== 'blocked' || call.resultStep === NO_RESULT) return null;
  const { blocked } = steps[call.resultStep] as ToolResultStep; // paired by the tag of its type
  return typeof blocked === 'string' ? blocked : true;
}

/** Whether rules or people kept a call from running, and no ceiling. */
export function isStopped(call: Call, view: Pick<View, 'steps'>): Tri {
  if (call.status === 'unknown') return UNKNOWN;
  const by = blockedBy(call, view);
  return by === true || by === 'policy' || by === 'approval' ? YES : NO;
}
