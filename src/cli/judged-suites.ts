import path from 'node:path';
import { AgentopsError } from '../errors.ts';
import type { Plan } from '../model/plan.ts';
import type { Suite } from '../model/suite.ts';
import { loadSuites } from '../suite/load-suites.ts';
import { faultsText, warningText } from './messages.ts';
import { plannedSuiteFile } from './planned-suite-file.ts';
import { suiteKinds } from './registries.ts';
import type { Stream } from './streams.ts';
import { workingRoot } from './working-root.ts';

/** The suites of a run as they are on the disk now, under the root of this project; says which of them changed since, prints their faults, and gives null where one keeps them from being used. Throws `usage` where a suite is not there. */
export async function judgedSuites(
  { id, suites: planned }: Plan,
  stderr: Stream,
): Promise<readonly Suite[] | null> {
  const root = await workingRoot();
  const files: string[] = [];
  for (const { file: named } of planned) {
    const file = await plannedSuiteFile(root, named);
    if (file === null) {
      const words = `Cannot judge run ${id}: its suite "${named}" is not in "${root}", expected to be run in the project that the run is of`;
      throw new AgentopsError('usage', words);
    }
    files.push(file);
  }
  const { suites, faults } = await loadSuites(files, suiteKinds);
  const nameOf = (file: string) => path.relative(process.cwd(), file) || file;
  await stderr.output.write(await faultsText(faults, stderr.look, nameOf));
  if (faults.some(({ severity }) => severity === 'error')) return null;
  for (const { suite: name, file, digest } of planned) {
    const now = suites.find((suite) => suite.name === name);
    if (!now) {
      const words = `Cannot judge run ${id}: "${file}" has another name than "${name}" now`;
      throw new AgentopsError('usage', words);
    }
    if (now.digest === digest) continue;
    const words = `Suite "${name}" changed since run ${id}: it is judged as it is now`;
    await stderr.output.write(await warningText(words, stderr.look));
  }
  return suites;
}
