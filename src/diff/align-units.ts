import { sha256Hex } from '../json/digest.ts';
import { NO_APPROVAL, NO_RESULT, pairCalls } from '../match/calls.ts';
import type {
  ApprovalStep,
  HandoffStep,
  MessageStep,
  Step,
  ToolCallStep,
  ToolResultStep,
} from '../model/trajectory.ts';
import { canonicalOrNull } from './align-differences.ts';

/** What is aligned as one: a call with the decision about it and its result, or any other step. Numbers are equal where what they stand for is. */
export interface Unit {
  /** Units of another sort are never paired: the tool of a call, the role of a message. */
  readonly sort: number;
  /** The sort with what was asked, said, or handed over. */
  readonly asked: number;
  /** What was decided about a call, and what it came back with; 0 for nothing. */
  readonly decided: number;
  readonly came: number;
  /** Indexes of its steps: of the call or the only one, of the decision and of the result, −1 for none. */
  readonly step: number;
  readonly decision: number;
  readonly result: number;
  /** It is a message: other words are no difference in what was done. */
  readonly isWords: boolean;
  /** Shared by calls that were issued together. */
  readonly parallel: string | undefined;
}

/** The units of one trajectory with the steps that they are made of. */
export interface Side {
  readonly units: readonly Unit[];
  readonly steps: readonly Step[];
}

/** Gives equal numbers to equal texts; long ones are kept as their digests. */
export type Interner = (text: string) => number;

const LONGEST_KEY = 200;

/** Makes an interner; its numbers start at 1 and rise in the order in which texts come. */
export function createInterner(): Interner {
  const numbers = new Map<string, number>();
  return (text) => {
    const key = text.length > LONGEST_KEY ? sha256Hex(text) : text;
    const known = numbers.get(key);
    if (known !== undefined) return known;
    numbers.set(key, numbers.size + 1);
    return numbers.size;
  };
}

/** The units of a trajectory in the order in which they began; steps that tell nothing of what was done or said are left out. */
export function unitsOf(side: 'base' | 'head', steps: readonly Step[], intern: Interner): Unit[] {
  const { calls } = pairCalls(steps); // where pairing broke off, each later step is a unit of its own
  const callAt = new Map(calls.map((call) => [call.step, call]));
  const taken = new Set(calls.flatMap(({ resultStep, approval }) => [resultStep, approval]));
  const units: Unit[] = [];
  const numberAt = (at: number) => {
    const step = steps[at];
    return step === undefined ? 0 : intern(`${sortOf(step)} ${keyOf(step, `${side} ${at}`)}`);
  };
  for (const [index, step] of steps.entries()) {
    if (taken.has(index) || isSilent(step)) continue;
    const call = callAt.get(index);
    const decision = call && call.approval !== NO_APPROVAL ? call.approval : -1;
    const result = call && call.resultStep !== NO_RESULT ? call.resultStep : -1;
    units.push({
      sort: intern(`sort ${sortOf(step)}`),
      asked: numberAt(index),
      decided: numberAt(decision),
      came: numberAt(result),
      step: index,
      decision,
      result,
      isWords: step.type === 'message',
      parallel: step.type === 'tool_call' ? (step as ToolCallStep).parallel : undefined, // the tag says so
    });
  }
  return units;
}

/** Whatever counts of a step where two are compared: never ids, times, actors or who decided. */
export function contentOf(step: Step): unknown {
  // The tag of each branch says which step it is
  if (step.type === 'tool_call') return argumentsOf(step as ToolCallStep);
  if (step.type === 'tool_result') return cameOf(step as ToolResultStep);
  if (step.type === 'message') return (step as MessageStep).content;
  if (step.type === 'approval') {
    const { decision, args } = step as ApprovalStep;
    return args === undefined ? { decision } : { decision, args };
  }
  if (step.type === 'handoff') {
    const { from, to } = step as HandoffStep;
    return { from, to };
  }
  return step;
}

function argumentsOf({ args, args_missing, args_raw }: ToolCallStep): unknown {
  if (args_missing === undefined) return args;
  return args_raw === undefined ? { args_missing } : { args_missing, args_raw };
}

function cameOf({ result, error, blocked }: ToolResultStep): unknown {
  const failed = (error ?? null) !== null;
  const stopped = (blocked ?? false) !== false;
  return {
    ...(result === undefined && (failed || stopped) ? {} : { result: result ?? null }),
    ...(failed && { error }),
    ...(stopped && { blocked }),
  };
}

/** Which steps can stand beside each other: calls of one tool, by the agent or by the user; messages of one role. */
function sortOf(step: Step): string {
  // The tag of each branch says which step it is
  if (step.type === 'message') return `message ${(step as MessageStep).role}`;
  if (step.type === 'tool_call') {
    const { tool, actor } = step as ToolCallStep;
    return `${actor === 'user' ? 'user call' : 'call'} ${tool}`;
  }
  return String(step.type);
}

function isSilent(step: Step): boolean {
  if (step.type === 'model' || String(step.type).startsWith('x-')) return true;
  if (step.type !== 'message') return false;
  const { content } = step as MessageStep; // the tag says so
  if (typeof content === 'string') return content.trim() === '';
  return content === null || content.length === 0;
}

/** Text that is the same for equal contents; what is nested too deeply to be told equals nothing but itself. */
function keyOf(step: Step, place: string): string {
  const text = canonicalOrNull(contentOf(step));
  return text === null ? `too deep, ${place}` : `is ${text}`;
}
