import { diffRuns } from '../diff/diff-runs.ts';
import { openReportSide } from '../diff/report-side.ts';
import { openStoredSide } from '../diff/stored-side.ts';
import { AgentopsError } from '../errors.ts';
import { holdComparison } from '../gate/hold-comparison.ts';
import type { BaselineFacts } from '../model/baseline.ts';
import type { RunSummary } from '../model/run.ts';
import { counted } from '../report/figures.ts';

/** A run that is to be kept as a baseline, cut down to what is kept of it. */
export interface Candidate {
  readonly dir: string;
  /** The only suite that is kept; null for all. */
  readonly suite: string | null;
  readonly summary: RunSummary;
  readonly isFinished: boolean;
}

/** The baseline that would be replaced. */
export interface Replaced {
  readonly file: string;
  /** Null where the file cannot be read. */
  readonly facts: BaselineFacts | null;
}

/** Why a run should not become a baseline, in sentences without a full stop; nothing for a sound one. */
export async function objectionsTo(
  candidate: Candidate,
  replaced: Replaced | null,
): Promise<string[]> {
  const { summary, isFinished } = candidate;
  const { status, totals } = summary;
  const ended = isFinished ? `it was ${status}` : 'it did not finish';
  return [
    isFinished && status === 'completed' ? [] : `${ended}, so that trials may be missing`,
    totals.pass + totals.fail > 0 ? [] : 'none of its trials was decided',
    replaced === null ? [] : await objectionsBefore(candidate, replaced),
  ].flat();
}

async function objectionsBefore(candidate: Candidate, replaced: Replaced): Promise<string[]> {
  const { file, facts } = replaced;
  if (facts === null) return ['the baseline that is there cannot be read'];
  const newer = facts.run > candidate.summary.id;
  const since = `the baseline that is there is of a newer run, ${facts.run}`;
  return [...(newer ? [since] : []), ...(await lossesAgainst(file, candidate))];
}

/** What a comparison with the old baseline says: tasks that went missing, and a gate that fails. */
async function lossesAgainst(file: string, { dir, suite }: Candidate): Promise<string[]> {
  const base = await openReportSide(file);
  const stored = await openStoredSide(dir);
  try {
    const rows = stored.rows.filter((row) => suite === null || row.suite === suite);
    const head = { ...stored, rows };
    const { summary } = await diffRuns(base, head, { level: 1 - ALPHA, seed: 0, margin: MARGIN });
    const gate = holdComparison(summary, [], { margin: MARGIN, alpha: ALPHA });
    const [first] = summary.missing;
    const such = first === undefined ? '' : `, such as "${first.task ?? first.suite}"`;
    const missing = counted(summary.counts.missing, 'task');
    return [
      summary.counts.missing === 0
        ? []
        : `it lacks ${missing} of the baseline that is there${such}`,
      gate.status === 'fail' ? `it is worse: ${gate.reasons.join('; ')}` : [],
    ].flat();
  } finally {
    base.close();
    stored.close();
  }
}

const MARGIN = 0.03;
const ALPHA = 0.05;

/** What should be known of a baseline, and is kept with it: in sentences without a full stop. */
export function doubtsAbout({ gate, totals, git }: RunSummary): string[] {
  return [
    gate.status === 'pass' ? [] : `Its gate did not pass: ${gate.status}`,
    totals.error === 0 ? [] : `${counted(totals.error, 'trial')} of ${totals.planned} in error`,
    git.dirty === true ? 'The work tree had changes that are in no commit' : [],
  ].flat();
}

/** Refuses a baseline, with every reason. */
export function refused(name: string, run: string, objections: readonly string[]): AgentopsError {
  const reasons = objections.map((words) => `\n- ${words}`).join('');
  return new AgentopsError(
    'usage',
    `Cannot keep run ${run} as the baseline "${name}" without --force:${reasons}`,
  );
}
