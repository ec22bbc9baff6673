import type { ComparedSide } from '../diff/compared-side.ts';
import { openReportSide } from '../diff/report-side.ts';
import { openStoredSide } from '../diff/stored-side.ts';
import { resolveRun } from '../store/runs-list.ts';
import { runsFolder } from './runs-folder.ts';

/** Opens what a reference means for a comparison: `latest`, an id, a folder of a run, or a JSON report. Throws `usage` and `store_fault`. */
export async function openSide(
  reference: string,
  { out }: { readonly out?: string } = {},
): Promise<ComparedSide> {
  if (reference.endsWith('.json')) return openReportSide(reference);
  return openStoredSide(await resolveRun(reference, await runsFolder(out)));
}
