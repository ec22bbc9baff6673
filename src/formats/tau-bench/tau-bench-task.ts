import * as z from 'zod';
import { isObject } from '../../json/object.ts';
import { byId } from '../by-id.ts';
import { readRecord } from '../read-record.ts';
import { readSideFile } from '../side-file.ts';

/** What tau-bench expects of one task. */
const TauBenchTask = z.looseObject({
  instruction: z.string().nullish().describe('What the user wants'),
  actions: z
    .array(z.looseObject({ name: z.string(), kwargs: z.record(z.string(), z.unknown()) }))
    .describe('Calls that lead to the expected state'),
  outputs: z.array(z.string()).nullish().describe('Texts that the agent must say'),
});
export type TauBenchTask = z.infer<typeof TauBenchTask>;

const Origin = z.looseObject({ info: z.looseObject({ task: TauBenchTask }) });

const Listed = z.array(
  TauBenchTask.extend({
    task_id: z
      .union([z.int(), z.string()])
      .optional()
      .describe('Number of the task, its place in the list unless given'),
  }),
);

/** Reads the tasks of a domain by their ids. Throws `input_fault` or `disk_fault`. */
export async function readTauBenchTasks(file: string): Promise<ReadonlyMap<string, TauBenchTask>> {
  const tasks = await readSideFile(file, Listed);
  return byId(file, tasks, ({ task_id: id }, index) => String(id ?? index));
}

/** The task that a record carries; one that broke off carries none, and what is listed then counts. Throws `input_fault`. */
export function tauBenchTask(origin: unknown, listed: TauBenchTask | undefined): TauBenchTask {
  const carries = isObject(origin) && isObject(origin['info']) && isObject(origin['info']['task']);
  if (listed !== undefined && !carries) return listed;
  return readRecord(Origin, origin).info.task;
}
