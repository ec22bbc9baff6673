import * as z from 'zod';
import { byId } from '../by-id.ts';
import { readSideRecords } from '../side-file.ts';

const Calls = z
  .record(z.string(), z.record(z.string(), z.array(z.unknown())))
  .describe('Acceptable values by argument, by function');

const Answer = z.looseObject({
  id: z.string().describe('Id of the task'),
  ground_truth: z
    .union([Calls, z.array(Calls), z.array(z.array(z.string())), z.array(z.string())])
    .describe('Expected calls: acceptable values, or Python by turn'),
});
export type BfclAnswer = z.infer<typeof Answer>;

/** Reads the possible answers of a category by the ids of their tasks. Throws `input_fault` or `disk_fault`. */
export async function readBfclAnswers(file: string): Promise<ReadonlyMap<string, BfclAnswer>> {
  return byId(file, await readSideRecords(file, Answer), ({ id }) => id);
}
