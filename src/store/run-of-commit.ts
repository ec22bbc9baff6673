import path from 'node:path';
import { AgentopsError } from '../errors.ts';
import { readPlanHead, readSummaryHead } from './run-head.ts';
import { folderOfRuns, listRunIds } from './runs-list.ts';

/** A stored run of a commit. */
export interface RunOfCommit {
  readonly dir: string;
  readonly id: string;
  /** There were changes in the work tree that were in no commit. */
  readonly dirty: boolean;
}

/** The newest run of a commit that came to its end, one of a clean work tree before all others; null where there is none. Runs that cannot be read are passed over. */
export async function runOfCommit(base: string, commit: string): Promise<RunOfCommit | null> {
  const runs = await folderOfRuns(base);
  let second: RunOfCommit | null = null;
  for (const id of (await listRunIds(base)).reverse()) {
    const dir = path.join(runs, id);
    const dirty = await dirtinessAt(dir, commit);
    if (dirty === null) continue;
    if (!dirty) return { dir, id, dirty };
    second ??= { dir, id, dirty };
  }
  return second;
}

/** Whether a run that ended had changes beside the commit; null for a run of another one, and for one that did not end. */
async function dirtinessAt(dir: string, commit: string): Promise<boolean | null> {
  try {
    const { git } = await readPlanHead(dir);
    if (git.commit !== commit) return null;
    const summary = await readSummaryHead(dir);
    return summary?.status === 'completed' ? git.dirty !== false : null;
  } catch (thrown) {
    if (thrown instanceof AgentopsError) return null;
    throw thrown;
  }
}
