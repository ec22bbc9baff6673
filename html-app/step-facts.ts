import type {
  ApprovalStep,
  HandoffStep,
  MessageStep,
  ModelStep,
  Step,
  ToolCallStep,
  ToolResultStep,
} from '../src/model/trajectory.ts';
import { countText, moneyText } from '../src/report/figures.ts';
import { jsonText } from './shown.ts';

/** A step as the timeline shows it. */
export interface StepFacts {
  /** Names its look. */
  readonly kind:
    | 'user'
    | 'agent'
    | 'system'
    | 'call'
    | 'result'
    | 'bad'
    | 'approval'
    | 'handoff'
    | 'model'
    | 'other';
  /** What it is, in our words. */
  readonly label: string;
  /** Who or what it names: text from outside. */
  readonly name: string;
  /** Text from outside. */
  readonly text: string;
  /** Whether the text is data rather than words. */
  readonly code: boolean;
}

/** What a step says. */
export function stepFacts(step: Step): StepFacts {
  // The tag of each branch says which step it is; a trajectory may also hold types that nobody knows
  if (step.type === 'message') return messageFacts(step as MessageStep);
  if (step.type === 'tool_call') return callFacts(step as ToolCallStep);
  if (step.type === 'tool_result') return resultFacts(step as ToolResultStep);
  if (step.type === 'approval') return approvalFacts(step as ApprovalStep);
  if (step.type === 'handoff') return handoffFacts(step as HandoffStep);
  if (step.type === 'model') return modelFacts(step as ModelStep);
  return { kind: 'other', label: 'Step', name: step.type, text: jsonText(step), code: true };
}

function messageFacts({ role, actor, content }: MessageStep): StepFacts {
  const kind = role === 'assistant' ? 'agent' : role === 'user' ? 'user' : 'system';
  const labels = {
    agent: 'Agent',
    user: 'User',
    system: role === 'developer' ? 'Developer' : 'System',
  };
  const name = actor !== undefined && actor !== role ? actor : '';
  return { kind, label: labels[kind], name, text: contentText(content), code: false };
}

function contentText(content: MessageStep['content']): string {
  if (content === null) return '(nothing)';
  if (typeof content === 'string') return content;
  return content
    .map((part) => {
      if (part.type === 'text' && typeof part.text === 'string') return part.text;
      return `(${part.type}) ${part.text ?? jsonText(part)}`;
    })
    .join('\n');
}

function callFacts({ tool, args, args_missing, args_raw, actor }: ToolCallStep): StepFacts {
  const by = actor === undefined ? '' : ` by ${actor}`;
  const head = { kind: 'call', label: 'Call', name: `${tool}${by}`, code: true } as const;
  if (args_missing === undefined)
    return { ...head, text: args === undefined ? '' : jsonText(args) };
  const why = `arguments ${args_missing.replace('_', ' ')}`;
  return { ...head, text: args_raw === undefined ? why : `${why}\n${args_raw}` };
}

function resultFacts({ result, error, blocked, tool }: ToolResultStep): StepFacts {
  const name = tool ?? '';
  if (blocked !== undefined && blocked !== null && blocked !== false) {
    const by = typeof blocked === 'string' ? `by ${blocked}` : '';
    return { kind: 'bad', label: 'Blocked', name, text: by, code: false };
  }
  if (error !== undefined && error !== null) {
    return { kind: 'bad', label: 'Error', name, text: valueText(error), code: true };
  }
  return { kind: 'result', label: 'Result', name, text: valueText(result), code: true };
}

function valueText(value: unknown): string {
  return typeof value === 'string' ? value : jsonText(value);
}

const DECISIONS: Readonly<Record<ApprovalStep['decision'], string>> = {
  approve: 'Approved',
  modify: 'Approved with changes',
  deny: 'Denied',
  terminate: 'Ended by a person',
  expire: 'Not decided in time',
};

function approvalFacts({ decision, by, args, reason }: ApprovalStep): StepFacts {
  const lines = [reason ?? '', args === undefined ? '' : jsonText(args)].filter(Boolean);
  const name = by === undefined ? '' : `by ${by}`;
  return {
    kind: 'approval',
    label: DECISIONS[decision],
    name,
    text: lines.join('\n'),
    code: false,
  };
}

function handoffFacts({ from, to }: HandoffStep): StepFacts {
  return { kind: 'handoff', label: 'Hand-over', name: `${from} → ${to}`, text: '', code: false };
}

function modelFacts({ model, usage, cost_usd }: ModelStep): StepFacts {
  const figures = [
    usage?.input_tokens === undefined ? [] : `${countText(usage.input_tokens)} tokens in`,
    usage?.output_tokens === undefined ? [] : `${countText(usage.output_tokens)} out`,
    typeof cost_usd === 'number' ? moneyText(cost_usd) : [],
  ].flat();
  return {
    kind: 'model',
    label: 'Model',
    name: model ?? '',
    text: figures.join(', '),
    code: false,
  };
}
