import * as z from 'zod';
import { readRecord } from '../read-record.ts';

const Count = z.unknown().describe('A number, or lists of them by turn and step');

/** One result of the Berkeley Function Calling Leaderboard. */
export const BfclRecord = z.looseObject({
  id: z.string().min(1, { error: 'the id of its task' }).describe('Id of the task'),
  result: z
    .union([z.string(), z.array(z.unknown())])
    .describe('Calls, or text; of several turns a list by turn and step'),
  input_token_count: Count.optional(),
  output_token_count: Count.optional(),
  latency: z.unknown().optional().describe('Seconds, or lists of them by turn and step'),
});
export type BfclRecord = z.infer<typeof BfclRecord>;

/** Checks one parsed record of a result file. Throws `input_fault`. */
export function readBfclRecord(value: unknown): BfclRecord {
  return readRecord(BfclRecord, value);
}
