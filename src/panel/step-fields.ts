import { NO_RESULT } from '../match/calls.ts';
import { textOf } from '../match/view.ts';
import type {
  ApprovalStep,
  HandoffStep,
  MessageStep,
  Step,
  ToolCallStep,
  ToolResultStep,
} from '../model/trajectory.ts';
import { type DataLines, type LineFields, textOfValue } from './data-lines.ts';
import type { StepsUpTo } from './steps-up-to.ts';

/** What a judge is told of one step. */
export function stepFields(
  step: Step,
  index: number,
  around: StepsUpTo,
  data: DataLines,
): LineFields {
  const kind = FIELDS.get(step.type);
  return kind ? kind(step, index, around, data) : { step: index };
}

type Fields = (step: Step, index: number, around: StepsUpTo, data: DataLines) => LineFields;

const FIELDS: ReadonlyMap<string, Fields> = new Map<string, Fields>([
  ['message', (step, index) => messageFields(step as MessageStep, index)], // each by its tag
  ['tool_call', (step, index, around) => callFields(step as ToolCallStep, index, around)],
  [
    'tool_result',
    (step, index, around, data) => resultFields(step as ToolResultStep, index, around, data),
  ],
  ['approval', (step, index, around) => approvalFields(step as ApprovalStep, index, around)],
  ['handoff', (step, index) => handoffFields(step as HandoffStep, index)],
]);

function messageFields({ role, actor, content }: MessageStep, step: number): LineFields {
  const parts = Array.isArray(content) ? content : [];
  const others = parts.map(({ type }) => type).filter((type) => !KNOWN_PARTS.has(type));
  return {
    step,
    message: role,
    actor,
    text: textOf(content),
    other_parts: others.length === 0 ? undefined : others,
  };
}

const KNOWN_PARTS: ReadonlySet<string> = new Set(['text', 'reasoning']);

function callFields(step: ToolCallStep, index: number, around: StepsUpTo): LineFields {
  const call = around.made.get(index);
  const isAnswered = call && call.resultStep !== NO_RESULT && call.resultStep < around.end;
  return {
    step: index,
    judged: call && call === around.judged ? true : undefined,
    call: step.tool,
    actor: step.actor,
    args: step.args_missing === undefined ? textOfValue(step.args) : undefined,
    args_missing: step.args_missing,
    args_raw: step.args_raw,
    status: isAnswered ? call.status : 'unknown',
  };
}

function resultFields(
  step: ToolResultStep,
  index: number,
  { answered }: StepsUpTo,
  data: DataLines,
): LineFields {
  const error = isThere(step.error) ? data.result(step.error) : null;
  const blocked = isThere(step.blocked) ? data.result(step.blocked) : null;
  const isBare = !error && !blocked;
  const result = step.result !== undefined || isBare ? data.result(step.result ?? null) : null;
  const cut = (result?.cut ?? 0) + (error?.cut ?? 0) + (blocked?.cut ?? 0);
  return {
    step: index,
    of: answered.get(index)?.step,
    actor: step.actor,
    result: result?.text,
    error: error?.text,
    blocked: blocked?.text,
    cut: cut === 0 ? undefined : cut,
  };
}

function isThere(value: unknown): boolean {
  return value !== undefined && value !== null && value !== false;
}

function approvalFields(step: ApprovalStep, index: number, { decided }: StepsUpTo): LineFields {
  return {
    step: index,
    approval: step.decision,
    of: decided.get(index)?.step,
    by: step.by,
    actor: step.actor,
    reason: step.reason ?? undefined,
    args: step.args === undefined ? undefined : textOfValue(step.args),
    asked_args: step.asked_args === undefined ? undefined : textOfValue(step.asked_args),
  };
}

function handoffFields({ from, to, actor }: HandoffStep, step: number): LineFields {
  return { step, handoff_from: from, handoff_to: to, actor };
}
