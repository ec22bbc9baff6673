import type { ToolCallStep } from '../model/trajectory.ts';
import type { ToolAnswer } from '../tools/tool-host.ts';

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

/** Rules on each call of a trial before it runs: the policy, and the people who approve. Records what they decide itself. Rejects with `TrialHalted`, or with a fault that makes the trial an error. */
export type Guard = (step: ToolCallStep) => Ruling | Promise<Ruling>;

/** Changes what a tool answered, as an attack does; gives the names of what was planted beside it, null where nothing was. */
export type Plant = (
  tool: string,
  answer: ToolAnswer,
) => { readonly answer: ToolAnswer; readonly planted: readonly string[] } | null;
