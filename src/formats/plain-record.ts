import { isObject } from '../json/object.ts';

type Fields = Readonly<Record<string, unknown>>;

/** Tells in one pass that a value is a trajectory of the common kind, which the schema would accept as well; false says nothing. */
export function isPlainRecord(value: unknown): boolean {
  if (!isObject(value)) return false;
  const { schema_version, suite, task, agent, trial, attack, steps, stop, ...others } = value;
  const { limit, labels, source, ...strangers } = others;
  return (
    schema_version === 1 &&
    isTextOrNothing(suite) &&
    typeof task === 'string' &&
    typeof agent === 'string' &&
    Number.isSafeInteger(trial) &&
    Number(trial) > 0 &&
    isTextOrNothing(attack) &&
    Array.isArray(steps) &&
    steps.every(isPlainStep) &&
    (stop === 'completed' || stop === 'limit' || stop === 'interrupted' || stop === null) &&
    isTextOrNothing(limit) &&
    (labels === undefined || isObject(labels)) &&
    (source === undefined || isObject(source)) &&
    Object.keys(strangers).length === 0
  );
}

/** Keys that no schema knows are kept, so that only the known ones are looked at. */
function isPlainStep(step: unknown): boolean {
  if (!isObject(step)) return false;
  const { at_ms, actor, parallel } = step;
  return (
    isNumberOrAbsent(at_ms) &&
    isTextOrAbsent(actor) &&
    isTextOrAbsent(parallel) &&
    step['turn'] === undefined &&
    step['origin'] === undefined &&
    isPlainOfType(step)
  );
}

function isPlainOfType(step: Fields): boolean {
  switch (step['type']) {
    case 'message':
      return isPlainMessage(step);
    case 'tool_call':
      return isPlainCall(step);
    case 'tool_result':
      return isPlainResult(step);
    case 'model':
      return isPlainModel(step);
    default:
      return false;
  }
}

const roles = new Set<unknown>(['user', 'assistant', 'system', 'developer']);

function isPlainMessage({ role, content }: Fields): boolean {
  return roles.has(role) && (content === null || typeof content === 'string');
}

function isPlainCall({ id, tool, args, args_missing, args_raw }: Fields): boolean {
  return (
    isTextOrNothing(id) &&
    typeof tool === 'string' &&
    args !== undefined &&
    args_missing === undefined &&
    args_raw === undefined
  );
}

function isPlainResult({ id, tool, error, blocked }: Fields): boolean {
  return (
    isTextOrNothing(id) &&
    isTextOrNothing(tool) &&
    (error === undefined || isObject(error)) &&
    blocked === undefined
  );
}

function isPlainModel({ model, usage, cost_usd }: Fields): boolean {
  return (
    isTextOrAbsent(model) &&
    (cost_usd === null || isFigureOrAbsent(cost_usd)) &&
    (usage === undefined || isPlainUsage(usage))
  );
}

function isPlainUsage(usage: unknown): boolean {
  if (!isObject(usage)) return false;
  const { input_tokens, output_tokens, cached_tokens } = usage;
  return [input_tokens, output_tokens, cached_tokens].every(isFigureOrAbsent);
}

function isTextOrNothing(value: unknown): boolean {
  return value === undefined || value === null || typeof value === 'string';
}

function isTextOrAbsent(value: unknown): boolean {
  return value === undefined || typeof value === 'string';
}

function isNumberOrAbsent(value: unknown): boolean {
  return value === undefined || (typeof value === 'number' && Number.isFinite(value));
}

/** A negative figure would hide what was spent. */
function isFigureOrAbsent(value: unknown): boolean {
  return isNumberOrAbsent(value) && (value === undefined || Number(value) >= 0);
}
