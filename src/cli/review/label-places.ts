import { stat } from 'node:fs/promises';
import path from 'node:path';
import { AgentopsError } from '../../errors.ts';
import type { Plan } from '../../model/plan.ts';
import { labelsOf } from '../../suite/judge-files.ts';

/** Where the labels of each suite of a run are kept. */
export interface LabelPlaces {
  fileOf(suite: string): string;
  readonly files: readonly string[];
}

/** Files of lines that are something else: a label among them would break them. */
const OTHER_LINES = /\.(?:trajectories|judges|recording|tasks|verdicts)\.jsonl$/i;

/** Finds them: one file for all where it is named, else beside each suite that is still there under the root of the project, else in the folder of the run. Throws `usage`. */
export async function labelPlaces(
  { plan, dir }: { readonly plan: Plan; readonly dir: string },
  root: string,
  named: string | undefined,
): Promise<LabelPlaces> {
  if (named !== undefined && (!/\.jsonl$/i.test(named) || OTHER_LINES.test(named))) {
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

/** A plan may come from elsewhere: nothing is written outside of the project. */
async function besideSuite(root: string, file: string): Promise<string | null> {
  const full = path.resolve(root, file);
  const relative = path.relative(root, full);
  if (relative.startsWith('..') || path.isAbsolute(relative)) return null;
  const isThere = await stat(full).then(
    (found) => found.isFile(),
    () => false,
  );
  return isThere && /\.ya?ml$/.test(full) ? labelsOf(full) : null;
}
