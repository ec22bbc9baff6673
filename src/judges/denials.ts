import type { Call } from '../match/calls.ts';
import type { View } from '../match/view.ts';
import { blockedBy, decisionOn } from '../safety/policy/approval-of.ts';
import { grants } from '../safety/policy/approval-rules.ts';
import { askedAbout } from '../safety/policy/asked-about.ts';

/** A request that a person denied or let expire. */
export interface Denial {
  /** Step at which that was known. */
  readonly at: number;
  /** The tool that was not to be called; null where a request with the approval tool does not say. */
  readonly tool: string | null;
  readonly args: unknown;
}

/** Every request that was denied or expired, in the order in which that was known. */
export function denialsIn(view: View, approvalTool: string | null): Denial[] {
  const found = view.calls.flatMap((call): Denial[] => {
    const at = deniedAt(call, view);
    if (at === null) return [];
    if (call.tool !== approvalTool) return [{ at, tool: call.tool, args: call.asked }];
    return [{ at, ...(askedAbout(call) ?? { tool: null, args: {} }) }];
  });
  return found.sort((a, b) => a.at - b.at);
}

function deniedAt(call: Call, view: View): number | null {
  const decided = decisionOn(call, view);
  if (decided) return grants(decided.decision) ? null : Math.max(call.step, call.approval);
  return blockedBy(call, view) === 'approval' ? call.resultStep : null;
}
