import type { ToolCallStep } from '../model/trajectory.ts';
import type { ToolAnswer } from '../tools/tool-host.ts';
import type { ApprovalRequest, Decided } from './approval-request.ts';

/** What a guard says to a call that was just recorded and has not run. */
export type Ruling =
  | { readonly kind: 'run'; readonly args: unknown }
  /** Answered in place of the tool, such as a request for approval. */
  | { readonly kind: 'answer'; readonly answer: ToolAnswer }
  /** Never runs; the agent reads the error, the record says what blocked it. */
  | {
      readonly kind: 'refuse';
      readonly blocked: 'policy' | 'approval';
      readonly error: { readonly message: string; readonly code: string };
    }
  /** A person ends the trial. */
  | { readonly kind: 'terminate'; readonly reason: string };

/** Rules on each call of a trial before it runs: the policy, and the people who approve. Records what they decide itself. Its promises reject with the reason of the trial's signal once that aborts, or with a fault that makes the trial an error. */
export interface Guard {
  /** Tool with which agents ask for approval, null where the policy names none. */
  readonly approvalTool: string | null;
  /** Rules on a call. */
  rule(step: ToolCallStep): Ruling | Promise<Ruling>;
  /** Puts a call to the people before it is made; `terminate` is for the asker to see to. */
  ask(request: ApprovalRequest): Promise<Decided>;
}

/** Changes what a tool answered, as an attack does; gives the names of what was planted beside it, null where nothing was. */
export type Plant = (
  tool: string,
  answer: ToolAnswer,
) => { readonly answer: ToolAnswer; readonly planted: readonly string[] } | null;
