import { isObject } from '../json/object.ts';

type Check = (value: unknown, depth: number) => boolean;

const MOST_LEVELS = 30;
const types: readonly unknown[] = 'array boolean integer null number object string'.split(' ');

const isText: Check = (value) => typeof value === 'string';
const isNumber: Check = (value) => typeof value === 'number';
const isBoolean: Check = (value) => typeof value === 'boolean';
const isCount: Check = (value) => Number.isSafeInteger(value) && Number(value) >= 0;
const isList: Check = (value) => Array.isArray(value) && value.length > 0;
const isAnything: Check = () => true;
const isBelow: Check = (value, depth) => isPlainSchema(value, depth + 1);
const areBelow: Check = (value, depth) =>
  Array.isArray(value) && value.length > 0 && value.every((one) => isBelow(one, depth));

/** Keywords that most tools make do with, and what is valid under each. */
const plain: ReadonlyMap<string, Check> = new Map<string, Check>([
  ['type', isType],
  ['title', isText],
  ['description', isText],
  ['format', isText],
  ['default', isAnything],
  ['const', isAnything],
  ['enum', isList],
  [
    'properties',
    (value, depth) =>
      isObject(value) && Object.values(value).every((inner) => isBelow(inner, depth)),
  ],
  ['required', (value) => areDistinct(value, (one) => typeof one === 'string')],
  ['additionalProperties', isBelow],
  ['items', isBelow],
  ['anyOf', areBelow],
  ['oneOf', areBelow],
  ['allOf', areBelow],
  ['minimum', isNumber],
  ['maximum', isNumber],
  ['exclusiveMinimum', isNumber],
  ['exclusiveMaximum', isNumber],
  ['minLength', isCount],
  ['maxLength', isCount],
  ['minItems', isCount],
  ['maxItems', isCount],
  ['uniqueItems', isBoolean],
]);

/** Tells without the validator that a value is a JSON Schema: it uses the common keywords only, each as it should be. False says nothing. */
export function isPlainSchema(value: unknown, depth = 0): boolean {
  if (depth > MOST_LEVELS) return false;
  if (typeof value === 'boolean') return depth > 0;
  if (!isObject(value)) return false;
  return Object.entries(value).every(([key, inner]) => plain.get(key)?.(inner, depth) === true);
}

function isType(value: unknown): boolean {
  if (!Array.isArray(value)) return types.includes(value);
  return value.length > 0 && areDistinct(value, (one) => types.includes(one));
}

function areDistinct(value: unknown, check: (one: unknown) => boolean): boolean {
  return Array.isArray(value) && value.every(check) && new Set(value).size === value.length;
}
