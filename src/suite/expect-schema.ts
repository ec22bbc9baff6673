import * as z from 'zod';
import type { ExpectationKind } from './kinds.ts';
import { unbuiltExpectations } from './unbuilt-expectations.ts';

/** The expectation whose value is a list of expectations, none of which holds. */
export const NEGATION = 'not';

/** Builds the schema of `expect`, `prefer` and a `goal` from the judges that there are. */
export function expectSchema(judges: readonly ExpectationKind[]): z.ZodType {
  const known = [...unbuiltExpectations, ...judges]; // a judge that is built replaces its stand-in
  const negated: z.ZodType = z.array(z.lazy(() => expect)).min(1);
  const shape = known.map(({ key, schema, words }) => [
    key,
    (key === NEGATION ? negated : schema).optional().describe(words),
  ]);
  const expect: z.ZodType = z
    .strictObject(Object.fromEntries(shape))
    .meta({ id: 'expectations', description: 'What must hold, by the key of a judge' });
  return expect;
}
