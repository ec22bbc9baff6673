import * as z from 'zod';
import { ownValue } from '../../json/object.ts';
import { readSideFile } from '../side-file.ts';

const OptionalWrites = z.looseObject({
  tasks: z
    .record(z.string(), z.array(z.int().nonnegative()))
    .describe('Indices among the expected calls, by `<benchmark>:<task id>`'),
});

/** Reads which expected calls of a benchmark's tasks may be left out, since they change nothing: indices by task. Throws `input_fault` or `disk_fault`. */
export async function readOptionalWrites(
  file: string | undefined,
  benchmark: string,
): Promise<(task: string) => ReadonlySet<number>> {
  if (file === undefined) return () => new Set();
  const { tasks } = await readSideFile(file, OptionalWrites);
  return (task) => new Set((ownValue(tasks, `${benchmark}:${task}`) ?? []) as number[]); // as the schema says
}
