import type * as z from 'zod';
import { isObject } from '../json/object.ts';
import { didYouMean } from '../match/nearest-name.ts';
import {
  ApprovalStep,
  ExtraStep,
  HandoffStep,
  MessageStep,
  ModelStep,
  type Step,
  ToolCallStep,
  ToolResultStep,
  Trajectory,
} from '../model/trajectory.ts';
import { issueWords } from './issue-words.ts';
import { kindWords } from './kind-words.ts';

const REQUIRED = ['task', 'agent', 'trial', 'steps', 'stop'] as const;

const STEP_SCHEMAS = {
  message: MessageStep,
  tool_call: ToolCallStep,
  tool_result: ToolResultStep,
  approval: ApprovalStep,
  handoff: HandoffStep,
  model: ModelStep,
} satisfies Record<Exclude<Step['type'], `x-${string}`>, z.ZodType>;

const STEP_TYPES: ReadonlyMap<string, z.ZodType> = new Map(Object.entries(STEP_SCHEMAS));

/** Says in one sentence what keeps a value from being a trajectory; null where nothing does. */
export function trajectoryFault(value: unknown): string | null {
  if (!isObject(value)) return `Expected an object, found ${kindWords(value)}`;
  return versionFault(value) ?? headFault(value) ?? stepsFault(value['steps']);
}

function versionFault(value: Record<string, unknown>): string | null {
  if (!Object.hasOwn(value, 'schema_version')) return 'It has no "schema_version", expected 1';
  const version = value['schema_version'];
  if (version === 1) return null;
  return typeof version === 'number' && version > 1
    ? `Its "schema_version" is ${version}, newer than 1, the newest that this agentops reads`
    : `Its "schema_version" is ${kindWords(version)}, expected 1`;
}

function headFault(value: Record<string, unknown>): string | null {
  const missing = REQUIRED.find((key) => !Object.hasOwn(value, key));
  if (missing !== undefined) {
    const unknown = Object.keys(value).filter((key) => !Object.hasOwn(Trajectory.shape, key));
    const near = unknown.find((key) => didYouMean(key, [missing]).startsWith('did'));
    return `It has no "${missing}"${near === undefined ? '' : `, but "${near}"`}`;
  }
  const parsed = Trajectory.safeParse({ ...value, steps: [] });
  if (!parsed.success) return issueWords(parsed.error, value);
  const { steps } = value;
  return Array.isArray(steps) ? null : `Its "steps" is ${kindWords(steps)}, expected a list`;
}

function stepsFault(steps: unknown): string | null {
  if (!Array.isArray(steps)) return null;
  for (const [index, step] of steps.entries()) {
    const fault = stepFault(step);
    if (fault !== null) return `Step ${index}: ${fault}`;
  }
  return null;
}

function stepFault(step: unknown): string | null {
  if (!isObject(step)) return `Expected an object, found ${kindWords(step)}`;
  const { type } = step;
  if (typeof type !== 'string') return `Its "type" is ${kindWords(type)}, expected a text`;
  const schema = STEP_TYPES.get(type);
  if (schema === undefined) {
    if (ExtraStep.safeParse(step).success) return null;
    return `Its type "${type}" is not known, ${didYouMean(type, [...STEP_TYPES.keys()])}`;
  }
  const parsed = schema.safeParse(step);
  if (!parsed.success)
    return `${/^[aeiou]/.test(type) ? 'An' : 'A'} ${type}: ${issueWords(parsed.error, step)}`;
  return lacksArguments(step) ? 'A tool_call has neither "args" nor "args_missing"' : null;
}

/** Whether a step is a call that neither gives its arguments nor says why it cannot: `{}` must not be guessed. */
export function lacksArguments(step: Readonly<Record<string, unknown>>): boolean {
  if (step['type'] !== 'tool_call') return false;
  return step['args'] === undefined && step['args_missing'] === undefined;
}
