import { AgentopsError } from '../errors.ts';
import { resolveRun } from '../store/runs-list.ts';
import { openStoredRun } from '../store/stored-run.ts';

/** Ids of the trials of the last run that did not pass, or were never run. Throws `usage` where there are none: a run of nothing never passes. */
export async function failedTrials(base: string): Promise<ReadonlySet<string>> {
  const run = await openStoredRun(await resolveRun('latest', base));
  const ids = new Set(run.plan.rows.flatMap((row) => row.trial_ids));
  for await (const trial of run.trials()) if (trial.status === 'pass') ids.delete(trial.id);
  if (ids.size > 0) return ids;
  throw new AgentopsError(
    'usage',
    `Cannot run --failed: every trial of the last run (${run.id}) passed`,
  );
}
