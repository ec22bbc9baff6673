import type { ErrorObject } from 'ajv';
import { messageOf } from '../errors.ts';
import { keyOfSegment, segmentsOf } from '../json/pointer.ts';
import { withoutNullable } from '../match/nullable.ts';
import { schemaCompiler } from '../match/schema-compiler.ts';
import type { Tools } from '../model/tool.ts';
import type { KeyPath } from './kinds.ts';

/** Something wrong with the JSON Schema of a tool's arguments. */
export interface SchemaProblem {
  path: KeyPath;
  message: string;
}

/** Checks that each `input` is a JSON Schema (draft 2020-12; formats are not looked at). */
export function inputProblems(tools: Tools): SchemaProblem[] {
  const inputs = Object.entries(tools).flatMap(([name, { input }]) =>
    input ? [{ name, input }] : [],
  );
  const compiler = schemaCompiler({ allErrors: true });
  return inputs.flatMap(({ name, input }) => {
    const { $schema: _, ...schema } = input; // whichever draft it names, 2020-12 reads it
    const path = [name, 'input'];
    if (compiler.validateSchema(schema) !== true) return schemaErrors(compiler.errors ?? [], path);
    try {
      compiler.compile(withoutNullable(schema) as object);
      return [];
    } catch (thrown) {
      return [{ path, message: `Not a JSON Schema: ${messageOf(thrown)}` }];
    }
  });
}

/** The first error at each of the deepest places. */
function schemaErrors(errors: readonly ErrorObject[], path: KeyPath): SchemaProblem[] {
  const byPlace = new Map<string, string>();
  for (const { instancePath, message, params } of errors) {
    const allowed: unknown = params['allowedValues'];
    const values = Array.isArray(allowed) ? `: ${allowed.join(', ')}` : '';
    if (!byPlace.has(instancePath)) byPlace.set(instancePath, `${message}${values}`);
  }
  return [...byPlace].map(([pointer, message]) => ({
    path: [...path, ...segmentsOf(pointer).map(keyOfSegment)],
    message: `Not a JSON Schema: it ${message}`,
  }));
}
