import { isObject } from '../json/object.ts';

type Check = (value: unknown) => boolean;

const isText: Check = (value) => typeof value === 'string';
const isNumber: Check = (value) => typeof value === 'number' && Number.isFinite(value);
const isTextOrNull: Check = (value) => value === null || typeof value === 'string';
const isAnything: Check = () => true;

const roles = new Set<unknown>(['user', 'assistant', 'system', 'developer']);

const shared: Readonly<Record<string, Check>> = {
  type: isText,
  at_ms: isNumber,
  actor: isText,
  parallel: isText,
};

/** Keys that the common steps have, and what is valid under each; whatever else a step has is left to the schema. */
const steps: Readonly<Record<string, Readonly<Record<string, Check>>>> = {
  message: { ...shared, role: (value) => roles.has(value), content: isTextOrNull },
  tool_call: { ...shared, id: isTextOrNull, tool: isText, args: isAnything },
  tool_result: { ...shared, id: isTextOrNull, result: isAnything },
  handoff: { ...shared, from: isText, to: isText },
};

const required: Readonly<Record<string, readonly string[]>> = {
  message: ['role', 'content'],
  tool_call: ['tool', 'args'],
  tool_result: [],
  handoff: ['from', 'to'],
};

const record: Readonly<Record<string, Check>> = {
  schema_version: (value) => value === 1,
  suite: isTextOrNull,
  task: isText,
  agent: isText,
  trial: (value) => Number.isSafeInteger(value) && Number(value) > 0,
  attack: isTextOrNull,
  steps: (value) => Array.isArray(value) && value.every(isPlainStep),
  stop: (value) => value === 'completed' || value === null,
};

/** Tells in one pass that a value is a trajectory of the common kind, which the schema would accept as well; false says nothing. */
export function isPlainRecord(value: unknown): boolean {
  if (!isObject(value)) return false;
  const names = Object.keys(record);
  return (
    names.every((key) => key === 'suite' || key === 'attack' || Object.hasOwn(value, key)) &&
    fits(value, record)
  );
}

function isPlainStep(value: unknown): boolean {
  if (!isObject(value)) return false;
  const type = value['type'];
  if (typeof type !== 'string' || !Object.hasOwn(steps, type)) return false;
  for (const key of required[type] ?? []) if (!Object.hasOwn(value, key)) return false;
  return fits(value, steps[type] ?? {});
}

function fits(value: Record<string, unknown>, checks: Readonly<Record<string, Check>>): boolean {
  for (const key in value) {
    if (!Object.hasOwn(checks, key) || checks[key]?.(value[key]) !== true) return false;
  }
  return true;
}
