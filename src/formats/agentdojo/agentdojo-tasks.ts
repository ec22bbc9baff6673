import * as z from 'zod';
import { ownValue } from '../../json/object.ts';
import { readSideFile } from '../side-file.ts';

const Listed = z.looseObject({
  ground_truth: z
    .array(z.looseObject({ function: z.string().min(1), args: z.record(z.string(), z.unknown()) }))
    .describe('Calls that solve the task'),
  ground_truth_output: z.string().nullish().describe('What is then to be answered'),
});

const Tasks = z.record(
  z.string(),
  z.looseObject({ user_tasks: z.record(z.string(), Listed).describe('Tasks of the user by id') }),
);
export type AgentDojoTask = z.infer<typeof Listed>;

/** Reads the tasks of the user, to be asked for by suite and id. Throws `input_fault` or `disk_fault`. */
export async function readAgentDojoTasks(
  file: string,
): Promise<(suite: string, id: string) => AgentDojoTask | undefined> {
  const tasks = await readSideFile(file, Tasks);
  return (suite, id) => {
    const listed = ownValue(tasks, suite) as z.infer<typeof Tasks>[string] | undefined;
    return listed && (ownValue(listed.user_tasks, id) as AgentDojoTask | undefined);
  };
}
