import { isObject, ownValue } from '../../json/object.ts';
import { keyOfSegment, segmentsOf } from '../../json/pointer.ts';

type Json = Readonly<Record<string, unknown>>;

const MOST_LEVELS = 8;
const MOST_ITEMS = 20;
const LONGEST_TEXT = 200;

/** Texts by the format that they should have. */
const formats: Readonly<Record<string, string>> = {
  email: 'someone@example.com',
  uri: 'https://example.com/',
  url: 'https://example.com/',
  date: '2026-01-05',
  'date-time': '2026-01-05T09:00:00Z',
  time: '09:00:00Z',
  uuid: '00000000-0000-4000-8000-000000000001',
  ipv4: '192.0.2.1',
  hostname: 'example.com',
};

/** Arguments that a JSON Schema most likely allows: those that it requires, as plain as can be. Not held against it. */
export function sampleArguments(schema: Json | undefined): Record<string, unknown> {
  const value = schema === undefined ? {} : sample(schema, { root: schema, name: '', level: 0 });
  return isObject(value) ? value : {};
}

interface Place {
  readonly root: Json;
  readonly name: string;
  readonly level: number;
}

function sample(schema: unknown, place: Place): unknown {
  if (!isObject(schema) || place.level > MOST_LEVELS) return {};
  if (Object.hasOwn(schema, 'const')) return schema['const'];
  const [first] = [schema['enum'], schema['examples']].flatMap((list) =>
    Array.isArray(list) ? list : [],
  );
  if (first !== undefined) return first;
  if (Object.hasOwn(schema, 'default')) return schema['default'];
  const deeper = { ...place, level: place.level + 1 };
  const ref = schema['$ref'];
  if (typeof ref === 'string') return sample(target(ref, place.root), deeper);
  const { allOf, anyOf, oneOf } = schema;
  const [choice] = [anyOf, oneOf].flatMap((list) => (Array.isArray(list) ? list : []));
  if (Array.isArray(allOf)) return joined([...allOf, schema], deeper);
  if (choice !== undefined && schema['type'] === undefined) return sample(choice, deeper);
  return ofType(schema, deeper);
}

/** Samples of schemas that must all hold, put together where they are maps. */
function joined(schemas: readonly unknown[], place: Place): unknown {
  const samples = schemas.filter(isObject).map(({ allOf: _, ...schema }) => sample(schema, place));
  const maps = samples.filter(isObject);
  return maps.length > 0 ? Object.fromEntries(maps.flatMap(Object.entries)) : samples[0];
}

function ofType(schema: Json, place: Place): unknown {
  const { type } = schema;
  const name = Array.isArray(type) ? type.find((one) => one !== 'null') : (type ?? 'object');
  if (name === 'string') return textOf(schema, place.name);
  if (name === 'integer' || name === 'number') return numberOf(schema);
  if (name === 'boolean') return true;
  if (name === 'array') return listOf(schema, place);
  return name === 'null' ? null : mapOf(schema, place);
}

function textOf({ format, minLength, maxLength }: Json, name: string): string {
  const known = typeof format === 'string' && Object.hasOwn(formats, format);
  const text = known ? (formats[format as string] ?? '') : plainText(name); // a text, as looked at
  const least = Math.min(Number(minLength) || 0, LONGEST_TEXT);
  const most = typeof maxLength === 'number' ? maxLength : LONGEST_TEXT;
  return text.padEnd(least, 'x').slice(0, most);
}

function plainText(name: string): string {
  if (isRecipient(name)) return 'someone@example.com';
  if (/url|uri|link/i.test(name)) return 'https://example.com/';
  return /(^|_)id$|Id$/.test(name) ? '1' : 'example';
}

/** Whether an argument seems to say whom something goes to. */
export function isRecipient(name: string): boolean {
  return /^(to|cc|bcc|email|recipient|recipients|address|email_address|emailAddress)$/i.test(name);
}

function numberOf({ minimum, exclusiveMinimum, maximum, exclusiveMaximum, multipleOf }: Json) {
  const step = typeof multipleOf === 'number' && multipleOf > 0 ? multipleOf : 1;
  let value = 1;
  if (typeof maximum === 'number') value = Math.min(value, maximum);
  if (typeof exclusiveMaximum === 'number') value = Math.min(value, exclusiveMaximum - step);
  if (typeof minimum === 'number') value = Math.max(value, minimum);
  if (typeof exclusiveMinimum === 'number') value = Math.max(value, exclusiveMinimum + step);
  return step === 1 ? value : Math.ceil(value / step) * step;
}

function listOf({ items, minItems }: Json, place: Place): unknown[] {
  const count = Math.min(Number(minItems) || 0, MOST_ITEMS);
  return Array.from({ length: count }, () => sample(items ?? { type: 'string' }, place));
}

function mapOf(schema: Json, place: Place): Record<string, unknown> {
  const properties = isObject(schema['properties']) ? schema['properties'] : {};
  const required = Array.isArray(schema['required']) ? schema['required'] : [];
  const names = required.filter((name): name is string => typeof name === 'string');
  const entries = names.map((name) => {
    const inner = ownValue(properties, name);
    return [name, sample(inner ?? { type: 'string' }, { ...place, name })] as const;
  });
  return Object.fromEntries(entries);
}

function target(ref: string, root: Json): unknown {
  if (!ref.startsWith('#/')) return {};
  let value: unknown = root;
  for (const segment of segmentsOf(ref.slice(1)).map(keyOfSegment)) {
    value = isObject(value) ? ownValue(value, segment) : undefined;
  }
  return value;
}
