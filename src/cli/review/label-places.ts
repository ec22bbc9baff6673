import path from 'node:path';
import { AgentopsError } from '../../errors.ts';
import type { Plan } from '../../model/plan.ts';
import { labelsOf } from '../../suite/judge-files.ts';
import { loadSuites } from '../../suite/load-suites.ts';
import { plannedSuiteFile } from '../planned-suite-file.ts';
import { suiteKinds } from '../registries.ts';

/** Where the labels of each suite of a run are kept. */
export interface LabelPlaces {
  fileOf(suite: string): string;
  readonly files: readonly string[];
}

/** Files of lines that are something else: a label among them would break them. */
const OTHER_LINES = /\.(?:trajectories|judges|recording|tasks|verdicts)\.jsonl$/i;

/** Finds them: one file for all where it is named, else that of each suite which is still there under the root of the project, else in the folder of the run. Throws `usage`. */
export async function labelPlaces(
  { plan, dir }: { readonly plan: Plan; readonly dir: string },
  root: string,
  named: string | undefined,
): Promise<LabelPlaces> {
  if (named !== undefined && !isLabels(named)) {
    const message = `Cannot keep labels in "${named}": expected a .labels.jsonl file`;
    throw new AgentopsError('usage', message);
  }
  const other = path.join(dir, 'labels.jsonl');
  const bySuite = new Map<string, string>();
  for (const { suite, file } of plan.suites) {
    const found = named ?? (await besideSuite(root, file)) ?? other;
    bySuite.set(suite, path.resolve(found));
  }
  return {
    fileOf: (suite) => bySuite.get(suite) ?? other,
    files: [...new Set(bySuite.values())],
  };
}

/** The file that the judges of the suite are to be calibrated with, where they name one of lines, else one of its own. */
async function besideSuite(root: string, named: string): Promise<string | null> {
  const file = await plannedSuiteFile(root, named);
  if (file === null || !/\.ya?ml$/.test(file)) return null;
  const { suites } = await loadSuites([file], suiteKinds);
  const judges = Object.values(suites[0]?.judges ?? {});
  const wanted = new Set(judges.flatMap(({ calibration }) => calibration?.labels ?? []));
  const [only] = wanted;
  const isKept = only !== undefined && wanted.size === 1 && isLabels(only);
  return isKept ? only : labelsOf(file);
}

function isLabels(file: string): boolean {
  return /\.jsonl$/i.test(file) && !OTHER_LINES.test(file);
}
