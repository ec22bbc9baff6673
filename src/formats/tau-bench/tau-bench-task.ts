import * as z from 'zod';
import { AgentopsError } from '../../errors.ts';
import { isObject } from '../../json/object.ts';
import { recordFault } from '../each-record.ts';
import { issueWords } from '../issue-words.ts';
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
  const tasks = new Map<string, TauBenchTask>();
  for (const [index, task] of (await readSideFile(file, Listed)).entries()) {
    const id = String(task.task_id ?? index);
    if (tasks.has(id)) {
      throw new AgentopsError('input_fault', `Cannot use "${file}": it holds task "${id}" twice`);
    }
    tasks.set(id, task);
  }
  return tasks;
}

/** The task that a record carries; one that broke off carries none, and what is listed then counts. Throws `input_fault`. */
export function tauBenchTask(origin: unknown, listed: TauBenchTask | undefined): TauBenchTask {
  const carries = isObject(origin) && isObject(origin['info']) && isObject(origin['info']['task']);
  if (listed !== undefined && !carries) return listed;
  const { success, error } = Origin.safeParse(origin);
  if (!success) throw recordFault(issueWords(error, origin));
  return (origin as z.infer<typeof Origin>).info.task; // the schema accepted it
}
