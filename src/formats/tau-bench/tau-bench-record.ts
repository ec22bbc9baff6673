import * as z from 'zod';
import { readRecord } from '../read-record.ts';

/** One episode of a tau-bench result file, as far as a trajectory is made of it. */
export const TauBenchRecord = z.looseObject({
  task_id: z.union([z.int(), z.string()]).nullish().describe('Number of the task'),
  trial: z.int().nonnegative().nullish().describe('Number of the trial, from 0'),
  reward: z.number().nullish().describe('1 where the episode succeeded'),
  info: z.looseObject({
    error: z.unknown().optional().describe('What broke the episode off'),
    reward_info: z
      .looseObject({
        components: z
          .looseObject({ base_success: z.number().nullish() })
          .nullish()
          .describe('Parts of a composite reward; `base_success` is the verdict of tau-bench'),
      })
      .nullish()
      .describe('How the reward came about; absent where the episode did not end'),
  }),
  traj: z.array(z.unknown()).describe('Messages in the shape of chat completions, in order'),
});
export type TauBenchRecord = z.infer<typeof TauBenchRecord>;

/** Checks one parsed record of a result file. Throws `input_fault`. */
export function readTauBenchRecord(value: unknown): TauBenchRecord {
  return readRecord(TauBenchRecord, value);
}
