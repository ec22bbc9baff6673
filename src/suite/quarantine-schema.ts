import * as z from 'zod';
import { mapOf } from './map-of.ts';
import { name } from './text-schema.ts';
import { unfaulted } from './unfaulted.ts';

const WANTED = 'Expected a day of the calendar, YYYY-MM-DD';
const day = z
  .string()
  .regex(/^\d{4}-\d\d-\d\d$/, { error: WANTED })
  .refine(isDay, unfaulted(WANTED));

/** Tasks that leave the count of the gate for a time, by id. */
export const quarantineSchema = mapOf(
  z.strictObject({
    until: day.describe('Last day, YYYY-MM-DD in UTC'),
    owner: name.describe('Who mends it'),
    reason: name.optional().describe('Why'),
  }),
  name,
);

/** Whether a text is a day that the calendar has: `2026-02-30` is none. */
function isDay(text: string): boolean {
  const time = Date.parse(text);
  return Number.isFinite(time) && new Date(time).toISOString().startsWith(text);
}
