import { showCall, showValue } from '../match/show.ts';
import type {
  ApprovalStep,
  HandoffStep,
  MessageStep,
  ModelStep,
  Step,
  ToolCallStep,
  ToolResultStep,
} from '../model/trajectory.ts';
import { counted, countText, moneyText } from './figures.ts';
import type { Ink } from './ink.ts';
import { LEAST_ROOM, wrapBehind } from './wrap.ts';

const MOST_LINES = 12;
/** Characters of a step that are looked at unless it is shown in full. */
const MOST_TEXT = 4000;
const INLINE_CALL = 160;

/** What a step says: in one word which type it is, and text of any length and number of lines. */
export interface StepText {
  readonly type: string;
  readonly text: string;
}

/** Who took a step, empty where that is not said. */
export function whoTook(step: Step): string {
  // The tag of each branch says which step it is
  if (step.type === 'message') {
    const { role, actor } = step as MessageStep;
    return actor !== undefined && actor !== role ? `${role} ${actor}` : role;
  }
  if (step.type === 'tool_call') return (step as ToolCallStep).actor ?? 'agent';
  if (step.type === 'approval') return (step as ApprovalStep).by ?? '';
  if (step.type === 'handoff') return (step as HandoffStep).from;
  return 'actor' in step && typeof step.actor === 'string' ? step.actor : '';
}

/** The words of a step. */
export function stepText(step: Step): StepText {
  // The tag of each branch says which step it is; a trajectory may also hold types that nobody knows
  if (step.type === 'message') return messageText(step as MessageStep);
  if (step.type === 'tool_call') return callText(step as ToolCallStep);
  if (step.type === 'tool_result') return resultText(step as ToolResultStep);
  if (step.type === 'approval') return approvalText(step as ApprovalStep);
  if (step.type === 'handoff') return handoffText(step as HandoffStep);
  if (step.type === 'model') return modelText(step as ModelStep);
  return { type: String(step.type), text: jsonText(step) };
}

/** Lines of a text behind a prefix: the first ones, unless `full` is wanted, with a note of what is left out. */
export function bodyLines(prefix: string, text: string, ink: Ink, full: boolean): string[] {
  const kept = full ? text : text.slice(0, MOST_TEXT);
  const indent = ' '.repeat(
    ink.width !== null && ink.width - prefix.length < LEAST_ROOM
      ? prefix.length - prefix.trimStart().length + 2
      : prefix.length,
  );
  const lines = ink.lines(kept).flatMap((line, index) => {
    const lead = line.length - line.trimStart().length;
    const start = (index === 0 ? prefix : indent) + ' '.repeat(lead);
    return wrapBehind(start, line.slice(lead), ink.width);
  });
  const shown = full ? lines : lines.slice(0, MOST_LINES);
  if (kept.length === text.length && shown.length === lines.length) return lines;
  const note = `${counted(text.length, 'character')} in all: --full shows them`;
  return [
    ...shown,
    ...wrapBehind(`${indent}${ink.signs.ellipsis} `, note, ink.width).map(ink.faint),
  ];
}

function messageText({ content }: MessageStep): StepText {
  if (content === null) return { type: 'message', text: '(nothing)' };
  if (typeof content === 'string') return { type: 'message', text: content };
  const parts = content.map((part) => {
    if (part.type === 'text' && typeof part.text === 'string') return part.text;
    return `(${part.type}) ${part.text ?? jsonText(part)}`;
  });
  return { type: 'message', text: parts.join('\n') };
}

function callText(step: ToolCallStep): StepText {
  const { tool, args, args_missing, args_raw } = step;
  const head = { type: 'call' };
  if (args_missing !== undefined) {
    const why = `(arguments ${args_missing.replace('_', ' ')})`;
    return {
      ...head,
      text: args_raw === undefined ? `${tool}${why}` : `${tool}${why}\n${args_raw}`,
    };
  }
  const inline = showCall(tool, args, INLINE_CALL + 1);
  if (inline.length <= INLINE_CALL + tool.length && !inline.includes('…'))
    return { ...head, text: inline };
  return { ...head, text: `${tool}\n${jsonText(args)}` };
}

function resultText(step: ToolResultStep): StepText {
  const head = { type: 'result' };
  const { result, error, blocked } = step;
  if (blocked !== undefined && blocked !== null && blocked !== false) {
    return { ...head, text: `blocked${typeof blocked === 'string' ? ` by ${blocked}` : ''}` };
  }
  if (error !== undefined && error !== null) return { ...head, text: `error ${valueText(error)}` };
  return { ...head, text: valueText(result) };
}

function approvalText(step: ApprovalStep): StepText {
  const reason = step.reason ? `: ${step.reason}` : '';
  const args = step.args === undefined ? '' : ` with ${valueText(step.args)}`;
  return { type: 'approval', text: `${step.decision}${args}${reason}` };
}

function handoffText({ to }: HandoffStep): StepText {
  return { type: 'handoff', text: `to ${to}` };
}

function modelText({ model, usage, cost_usd }: ModelStep): StepText {
  const figures = [
    usage?.input_tokens === undefined ? [] : `${countText(usage.input_tokens)} tokens in`,
    usage?.output_tokens === undefined ? [] : `${countText(usage.output_tokens)} out`,
    typeof cost_usd === 'number' ? moneyText(cost_usd) : [],
  ].flat();
  const name = model ?? 'not named';
  const text = figures.length > 0 ? `${name}: ${figures.join(', ')}` : name;
  return { type: 'model', text };
}

function valueText(value: unknown): string {
  if (typeof value === 'string') return value;
  const inline = showValue(value, INLINE_CALL + 1);
  return inline.length <= INLINE_CALL && !inline.includes('…') ? inline : jsonText(value);
}

/** A number that JSON cannot hold, as 1e400 was read, by its name: null would be something else. */
function named(_key: string, value: unknown): unknown {
  return typeof value === 'number' && !Number.isFinite(value) ? String(value) : value;
}

function jsonText(value: unknown): string {
  try {
    return JSON.stringify(value, named, 2) ?? 'nothing';
  } catch {
    return '(nested too deeply to be shown)';
  }
}
