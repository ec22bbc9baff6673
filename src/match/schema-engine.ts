import { Ajv2020 } from 'ajv/dist/2020.js';
import { withoutNullable } from './nullable.ts';

const ajv = new Ajv2020({
  strict: false,
  allErrors: false,
  validateFormats: false,
  logger: false,
  addUsedSchema: false,
});

/** Compiles a JSON Schema (draft 2020-12; formats are not checked) into a test. */
export function schemaTest(schema: object | boolean): (value: unknown) => boolean {
  const known = withoutNullable(schema) as object | boolean;
  const validate = ajv.compile(typeof known === 'object' ? withoutDraft(known) : known);
  return (value) => validate(value) === true;
}

/** Which draft a schema names is not asked: what 2020-12 does not know, it ignores. */
function withoutDraft(schema: object): object {
  return Object.fromEntries(Object.entries(schema).filter(([key]) => key !== '$schema'));
}
