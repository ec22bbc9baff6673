import { resolveRun } from '../store/runs-list.ts';
import { openStoredRun, type StoredRun } from '../store/stored-run.ts';
import { runsFolder } from './runs-folder.ts';

/** Opens the run that a person means: an id or its beginning, `latest`, or a folder. Throws `usage` and `store_fault`. */
export async function openRun(reference: string, out?: string): Promise<StoredRun> {
  return openStoredRun(await resolveRun(reference, await runsFolder(out)));
}
