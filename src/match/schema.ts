import * as z from 'zod';
import { isObject } from '../json/object.ts';
import { compileMatcher, EXACT, operatorNames } from './compile.ts';
import { compileElements } from './element.ts';
import type { Path, Report } from './operator.ts';
import { operatorWords } from './operator-words.ts';
import { compilePattern, REQUIRING } from './pattern.ts';
import { arePlainElements } from './plain-elements.ts';

type JsonSchema = Record<string, unknown>;

/** What an issue carries whose fault is the last key of its path, not what stands under it. */
export const ON_KEY = { on: 'key' };

/** A value whose shape is decided by compiling it; its faults become issues with their paths. Engines that it needs must be loaded first. */
function compiled(compile: (value: unknown, report: Report) => void, meta: JsonSchema): z.ZodType {
  return z
    .unknown()
    .superRefine((value, context) => {
      compile(value, (path: Path, message, on) => {
        const params = on === 'key' ? { params: ON_KEY } : {};
        context.addIssue({ code: 'custom', path: [...path], message, ...params });
      });
    })
    .meta(meta);
}

/** Describes an operator object, any plain data, or a mix of both inside. */
const matcherMeta: JsonSchema = {
  id: 'matcher',
  description:
    'A literal, an object of $ operators that must all hold, or data with matchers inside',
  anyOf: [
    { type: ['string', 'number', 'boolean', 'null'] },
    { type: 'array', items: { $ref: '#/$defs/matcher' } },
    {
      type: 'object',
      properties: Object.fromEntries(
        operatorNames.map((name) => [name, { description: operatorWords[name] ?? name }]),
      ),
      additionalProperties: { $ref: '#/$defs/matcher' },
    },
  ],
};

const modifierProperties: JsonSchema = {
  result: { $ref: '#/$defs/matcher', description: 'What the tool answered, compared in part' },
  error: { $ref: '#/$defs/matcher', description: 'What went wrong, compared in part' },
  status: {
    description: 'State of the call',
    anyOf: [
      { $ref: '#/$defs/call_status' },
      { type: 'array', items: { $ref: '#/$defs/call_status' } },
    ],
  },
  actor: {
    description: 'Who made the call',
    anyOf: [{ type: 'string' }, { type: 'array', items: { type: 'string' } }],
  },
};

/** Modifiers that tell how a call went. */
const LATE: readonly string[] = ['result', 'error', 'status'];

const countProperties: JsonSchema = {
  times: {
    description: 'How often: a number, or { min, max }',
    anyOf: [
      { type: 'integer', minimum: 0 },
      {
        type: 'object',
        properties: { min: { type: 'integer', minimum: 0 }, max: { type: 'integer', minimum: 0 } },
        additionalProperties: false,
      },
    ],
  },
  optional: { type: 'boolean', description: 'None will do as well' },
};

/** JSON Schemas that the others refer to by `#/$defs/…`. */
export const sharedDefinitions: Readonly<Record<string, JsonSchema>> = {
  call_status: { enum: ['ok', 'failed', 'blocked', 'unknown'] },
};

function patternMeta(id: string, properties: JsonSchema, more: readonly JsonSchema[]): JsonSchema {
  return {
    id,
    description: 'A tool name, { tool_name: arguments }, or { tool: name, args: … } with modifiers',
    anyOf: [
      { type: 'string', minLength: 1 },
      ...more,
      {
        type: 'object',
        properties: {
          tool: { type: 'string', description: 'Name of the tool; * is a wildcard' },
          args: { $ref: '#/$defs/matcher', description: 'What the arguments must be' },
          ...properties,
        },
        additionalProperties: { $ref: '#/$defs/matcher' },
        minProperties: 1,
      },
    ],
  };
}

/** A matcher, in a place where literals compare exactly; how they compare changes no fault. */
export const matcherSchema: z.ZodType = compiled(
  (value, report) => void compileMatcher(value, EXACT, report),
  matcherMeta,
);

/** A call pattern of an expectation that must hold. */
export const requiringPatternSchema: z.ZodType = compiled(
  (value, report) => void compilePattern(value, REQUIRING, report),
  patternMeta('required_pattern', modifierProperties, []),
);

/** A call pattern that picks calls out: its arguments are partial, and none at all means any. */
export const selectingPatternSchema: z.ZodType = compiled(
  (value, report) => void compilePattern(value, { ...REQUIRING, requires: false }, report),
  patternMeta('selecting_pattern', modifierProperties, []),
);

/** A call pattern that picks calls out before they run: nothing can be asked of how they went. */
export const earlyPatternSchema: z.ZodType = compiled(
  (value, report) => {
    compilePattern(value, { ...REQUIRING, requires: false }, report);
    for (const key of isObject(value) ? Object.keys(value) : []) {
      if (!LATE.includes(key)) continue;
      report([key], `"${key}" cannot stand here: this is decided before the call runs`, 'key');
    }
  },
  patternMeta('early_pattern', { actor: modifierProperties['actor'] }, []),
);

/** The list of an ordered mode: counted patterns and groups. */
export const orderedElementsSchema: z.ZodType = elementsSchema(true);

/** The list of an orderless mode: counted patterns. */
export const orderlessElementsSchema: z.ZodType = elementsSchema(false);

function elementsSchema(groups: boolean): z.ZodType {
  const group = (name: string): JsonSchema => ({
    type: 'object',
    properties: {
      [name]: { type: 'array', items: { $ref: '#/$defs/required_pattern' }, minItems: 1 },
    },
    required: [name],
    additionalProperties: false,
  });
  const element = patternMeta(
    'element',
    { ...modifierProperties, ...countProperties },
    groups ? [group('any_order'), group('one_of')] : [],
  );
  const { id: _, ...items } = element;
  return compiled(
    (value, report) => {
      if (!arePlainElements(value)) compileElements(value, REQUIRING, groups, report, []);
    },
    { type: 'array', items },
  );
}
