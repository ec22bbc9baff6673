import { AgentopsError } from '../errors.ts';
import type { RunEntry } from '../report/runs-table.ts';
import { resolveRun } from '../store/runs-list.ts';
import { openStoredRun } from '../store/stored-run.ts';

/** What a list says of the run with that id; one that cannot be read is said to be so. */
export async function runEntry(id: string, base: string): Promise<RunEntry> {
  try {
    const { plan, summary } = await openStoredRun(await resolveRun(id, base));
    const { started_at, labels, git } = plan;
    const { status = 'unfinished' as const, totals = null, gate = null } = summary ?? {};
    return { id, status, started_at, labels, git, totals, gate };
  } catch (thrown) {
    if (!(thrown instanceof AgentopsError)) throw thrown;
    const nothing = { started_at: null, labels: {}, git: null, totals: null, gate: null };
    return { id, status: 'unreadable', ...nothing, reason: thrown.message };
  }
}
