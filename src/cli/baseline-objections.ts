import type { ComparedSide } from '../diff/compared-side.ts';
import { diffRuns } from '../diff/diff-runs.ts';
import { openReportSide } from '../diff/report-side.ts';
import { openStoredSide } from '../diff/stored-side.ts';
import { AgentopsError } from '../errors.ts';
import { holdComparison } from '../gate/hold-comparison.ts';
import type { BaselineHead } from '../model/baseline.ts';
import { COMPARISON_DEFAULTS } from '../model/comparison-defaults.ts';
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
  readonly baseline: BaselineHead | null;
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
  const { file, baseline } = replaced;
  if (baseline === null) return ['the baseline that is there cannot be read'];
  const newer = baseline.baseline.run > candidate.summary.id;
  const since = `the baseline that is there is of a newer run, ${baseline.baseline.run}`;
  const { status } = candidate.summary.gate;
  const failed = baseline.gate.status === 'pass' && (status === 'fail' || status === 'error');
  const words = `its gate did not pass (${status}), that of the baseline that is there did`;
  return [
    ...(newer ? [since] : []),
    ...(failed ? [words] : []),
    ...(await lossesAgainst(file, candidate)),
  ];
}

/** What a comparison with the old baseline says: tasks that went missing, and a gate that fails. */
async function lossesAgainst(file: string, { dir, suite }: Candidate): Promise<string[]> {
  const base = await openReportSide(file);
  const head = await openStoredSide(dir).catch((thrown: unknown) => {
    base.close();
    throw thrown;
  });
  try {
    const { margin, alpha } = COMPARISON_DEFAULTS;
    const own = suite === null ? head : sideOfSuite(head, suite);
    const { summary } = await diffRuns(base, own, { level: 1 - alpha, seed: 0, margin });
    const gate = holdComparison(summary, [], { margin, alpha });
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
    head.close();
  }
}

/** Rows and trials of one suite alone. */
function sideOfSuite(side: ComparedSide, name: string): ComparedSide {
  async function* trials() {
    for await (const batch of side.trials()) {
      yield batch.filter(({ result }) => result.suite === name);
    }
  }
  return { ...side, rows: side.rows.filter(({ suite }) => suite === name), trials };
}

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
