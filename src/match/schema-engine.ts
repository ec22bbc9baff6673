import { withoutNullable } from './nullable.ts';
import { schemaCompiler } from './schema-compiler.ts';

const compiler = schemaCompiler();

/** Compiles a JSON Schema (draft 2020-12; formats are not checked) into a test. */
export function schemaTest(schema: object | boolean): (value: unknown) => boolean {
  const known = withoutNullable(schema) as object | boolean;
  const validate = compiler.compile(typeof known === 'object' ? withoutDraft(known) : known);
  return (value) => validate(value) === true;
}

/** Which draft a schema names is not asked: what 2020-12 does not know, it ignores. */
function withoutDraft(schema: object): object {
  return Object.fromEntries(Object.entries(schema).filter(([key]) => key !== '$schema'));
}
