import path from 'node:path';
import { AgentopsError } from '../errors.ts';
import type { Suite } from '../model/suite.ts';
import { findSuiteFiles } from '../suite/find-suite-files.ts';
import { loadSuites } from '../suite/load-suites.ts';
import { faultsText } from './messages.ts';
import { suiteKinds } from './registries.ts';
import type { Stream } from './streams.ts';

/** Loads the suites that are named, or all under suites/; prints their faults and gives null where one keeps them from being run. */
export async function loadForEval(
  paths: readonly string[],
  stderr: Stream,
): Promise<readonly Suite[] | null> {
  const { files, faults: misnamed } = await findSuiteFiles(paths, process.cwd());
  if (files.length + misnamed.length === 0) {
    const wanted = 'expected *.suite.yaml files under suites/, or the names of some';
    throw new AgentopsError('usage', `Cannot run: there are no suites here, ${wanted}`);
  }
  const { suites, faults } = await loadSuites(files, suiteKinds);
  const all = [...misnamed, ...faults];
  if (all.length === 0) return suites;
  const nameOf = (file: string) => path.relative(process.cwd(), file) || file;
  const wrong = all.some(({ severity }) => severity === 'error');
  await stderr.output.write(await faultsText(all, stderr.look, nameOf));
  return wrong ? null : suites;
}
