import { isObject } from '../json/object.ts';

const TYPES = new Set(['string', 'number', 'integer', 'boolean', 'null', 'array', 'object']);

const isText = (value: unknown): boolean => typeof value === 'string';
const isNumber = (value: unknown): boolean => typeof value === 'number';

/** Keywords that most tools make do with, and what is valid under each. */
const plain: Readonly<Record<string, (value: unknown, depth: number) => boolean>> = {
  type: (value) => typeof value === 'string' && TYPES.has(value),
  title: isText,
  description: isText,
  properties: (value, depth) =>
    isObject(value) && Object.values(value).every((one) => isPlainSchema(one, depth + 1)),
  items: (value, depth) => isPlainSchema(value, depth + 1),
  required: (value) =>
    Array.isArray(value) && value.every(isText) && new Set(value).size === value.length,
  enum: (value) => Array.isArray(value) && value.length > 0,
  minimum: isNumber,
  maximum: isNumber,
  additionalProperties: (value, depth) =>
    typeof value === 'boolean' || isPlainSchema(value, depth + 1),
  default: () => true,
};

/** Tells without the validator that a value is a JSON Schema: it uses the common keywords only, each as it should be. False says nothing. */
export function isPlainSchema(value: unknown, depth = 0): boolean {
  if (!isObject(value) || depth > 30) return false;
  return Object.entries(value).every(
    ([key, inner]) => Object.hasOwn(plain, key) && plain[key]?.(inner, depth) === true,
  );
}
