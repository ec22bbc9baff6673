import * as z from 'zod';
import { mapOf } from '../suite/map-of.ts';
import { name } from '../suite/text-schema.ts';

/** An agent behind an endpoint, as suites write it. */
export const HttpConfig = z.strictObject({
  url: z
    .string()
    .regex(/^https?:\/\/[^/\s]/, {
      error: 'Expected an address that begins with http:// or https://',
    })
    .describe('Address of the endpoint'),
  headers: mapOf(z.strictObject({ env: name.describe('Name of a variable') }), name)
    .optional()
    .describe('Headers, whose values come from the environment'),
});
export type HttpConfig = {
  readonly url: string;
  readonly headers?: Readonly<Record<string, { readonly env: string }>>;
};
