import * as z from 'zod';
import type { ExpectationKind } from './kinds.ts';

/** The expectation whose value is a list of expectations, none of which holds. */
export const NEGATION = 'not';

/** Builds the schema of `expect`, `prefer` and a `goal` from the judges that there are. */
export function expectSchema(judges: readonly ExpectationKind[]): z.ZodType {
  const negated: z.ZodType = z.array(z.lazy(() => expect)).min(1);
  const shape = judges.map(({ key, schema, words }) => [
    key,
    (key === NEGATION ? negated : schema).optional().describe(words),
  ]);
  const expect: z.ZodType = z
    .strictObject(Object.fromEntries(shape))
    .meta({ id: 'expectations', description: 'What must hold, by the key of a judge' });
  return expect;
}
