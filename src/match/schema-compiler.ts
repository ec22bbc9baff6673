import { Ajv2020 } from 'ajv/dist/2020.js';

/** Makes a compiler of JSON Schemas as they are read here: draft 2020-12, formats not checked, and only keys that a value has itself: `constructor` is not there because every object inherits one. */
export function schemaCompiler({ allErrors = false }: { allErrors?: boolean } = {}): Ajv2020 {
  return new Ajv2020({
    strict: false,
    allErrors,
    validateFormats: false,
    logger: false,
    addUsedSchema: false,
    ownProperties: true,
  });
}
