import type { Command } from 'commander';
import type { ComparedSide } from '../diff/compared-side.ts';
import { diffRuns } from '../diff/diff-runs.ts';
import type { HeldDiff } from '../diff/held-diff.ts';
import { AgentopsError } from '../errors.ts';
import { parseFailOn } from '../gate/fail-on.ts';
import { holdComparison } from '../gate/hold-comparison.ts';
import { COMPARISON_DEFAULTS } from '../model/comparison-defaults.ts';
import { COMPARISON_GATE } from '../report/diff/compared-words.ts';
import type { DiffReporter } from '../report/diff/diff-reporter.ts';
import { diffReporters } from '../report/diff/registry.ts';
import type { DiffOptions } from './diff-options.ts';
import { comparisonExit, type ExitCode } from './exit-code.ts';
import { errorText, warningText } from './messages.ts';
import { openSide } from './open-side.ts';
import { withTerminal } from './report-requests.ts';
import type { ReportRequest } from './reporter-option.ts';
import { type Stream, streamsOf } from './streams.ts';
import { reportTrouble, writeReport } from './write-report.ts';

const HEAD = 'latest';

type DiffRequest = ReportRequest<DiffReporter>;

/** Compares two runs, reports what they differ in, and says which exit code that makes; `given` is null where no head was named. */
export async function runDiff(
  reference: string,
  given: string | null,
  options: DiffOptions,
  command: Command,
): Promise<ExitCode> {
  const streams = streamsOf(command);
  const rules = parseFailOn(options.failOn ?? []);
  const requests = withTerminal(options, diffReporters);
  const base = await openSide(reference, options);
  try {
    const head = await openSide(given ?? HEAD, options);
    try {
      await tell(sameRun(base, head, given !== null && rules.length === 0), streams.stderr);
      const { margin, seed } = options;
      const { alpha } = COMPARISON_DEFAULTS;
      const diff = await diffRuns(base, head, { level: 1 - alpha, seed, margin });
      const gate = holdComparison(diff.summary, rules, { margin, alpha });
      return await reportDiff({ diff, gate }, rules.length > 0, requests, streams);
    } finally {
      head.close();
    }
  } finally {
    base.close();
  }
}

/** Writes the reports and what is to be said beside them; returns the exit code. */
async function reportDiff(
  reported: HeldDiff,
  isGated: boolean,
  requests: readonly DiffRequest[],
  { stdout, stderr }: ReturnType<typeof streamsOf>,
): Promise<ExitCode> {
  const { diff, gate } = reported;
  await tell(diff.summary.warnings, stderr);
  const troubles = await writeDiff(reported, requests, stdout);
  for (const trouble of troubles) await stderr.output.write(await errorText(trouble, stderr.look));
  const trouble = troubles.map(({ code }) => code);
  const code = comparisonExit({ diff: diff.summary, gate, isGated, trouble });
  const isShown = requests.some(({ reporter, file }) => reporter.key === 'terminal' && !file);
  // Nobody should have to guess why a build is red, or on what a green one rests
  if (!isShown && gate.status !== 'pass' && (isGated || code !== 0)) {
    await tell([`${COMPARISON_GATE[gate.status].words}: ${gate.reasons.join('; ')}`], stderr);
  }
  return code;
}

async function tell(warnings: readonly string[], { output, look }: Stream): Promise<void> {
  for (const warning of warnings) await output.write(await warningText(warning, look));
}

/** What is said of a run that is compared with itself. Throws `usage` where nobody asked for that, or a gate would rest on it. */
function sameRun(base: ComparedSide, head: ComparedSide, isAllowed: boolean): string[] {
  const [before, after] = [base.facts, head.facts];
  const isOverlap = before.agent === null || after.agent === null || before.agent === after.agent;
  if (before.run !== after.run || !isOverlap) return [];
  if (isAllowed) return [`Run ${before.run} is compared with itself`];
  throw new AgentopsError(
    'usage',
    `Cannot compare run ${before.run} with itself: expected another run, as agentops eval makes`,
  );
}

/** Writes each report; one that fails leaves the others alone. Returns what went wrong. */
async function writeDiff(
  reported: HeldDiff,
  requests: readonly DiffRequest[],
  stdout: Stream,
): Promise<AgentopsError[]> {
  const troubles: AgentopsError[] = [];
  for (const request of requests) {
    try {
      await writeReport(reported, request, stdout);
    } catch (thrown) {
      troubles.push(reportTrouble(thrown, request.reporter.key));
    }
  }
  return troubles;
}
