import type { ErrorObject } from 'ajv';
import { withoutNullable } from '../match/nullable.ts';
import { schemaCompiler } from '../match/schema-compiler.ts';

/** Errors of a union of schemas that are told. */
const MOST_TOLD = 3;

/** Compiles the JSON Schemas of arguments (draft 2020-12; formats are not checked) into what refuses them: the words of a refusal, null for valid arguments. */
export function argumentEngine(): (schema: object) => (args: unknown) => string | null {
  const compiler = schemaCompiler();
  return ({ $schema: _, ...schema }: { $schema?: unknown }) => {
    const validate = compiler.compile(withoutNullable(schema) as object); // it was one
    return (args) => (validate(args) === true ? null : refusal(validate.errors ?? []));
  };
}

function refusal(errors: readonly ErrorObject[]): string {
  const told = new Set(errors.map(errorText));
  return [...told].slice(0, MOST_TOLD).join('; ') || 'the arguments are not valid';
}

function errorText({ instancePath, message, params }: ErrorObject): string {
  const { allowedValues, additionalProperty } = params as Record<string, unknown>; // by keyword
  const values = Array.isArray(allowedValues)
    ? `: ${allowedValues.map((one) => JSON.stringify(one)).join(', ')}`
    : '';
  const name = typeof additionalProperty === 'string' ? `: '${additionalProperty}'` : '';
  return `${instancePath === '' ? 'arguments' : instancePath} ${message}${values}${name}`;
}
