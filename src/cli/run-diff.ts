import type { Command } from 'commander';
import type { ComparedSide } from '../diff/compared-side.ts';
import { diffRuns } from '../diff/diff-runs.ts';
import { AgentopsError } from '../errors.ts';
import { parseFailOn } from '../gate/fail-on.ts';
import { holdComparison } from '../gate/hold-comparison.ts';
import { diffReporters } from '../report/diff/registry.ts';
import type { ReportedDiff } from '../report/diff/reported-diff.ts';
import type { DiffOptions } from './commands/diff.ts';
import { comparisonExit, type ExitCode } from './exit-code.ts';
import { errorText, warningText } from './messages.ts';
import { openSide } from './open-side.ts';
import { withTerminal } from './report-requests.ts';
import { streamsOf } from './streams.ts';
import { reportTrouble, writeReport } from './write-report.ts';

/** Chance of a failed gate where nothing changed, at most. */
const ALPHA = 0.05;
const HEAD = 'latest';

/** Compares two runs, reports what they differ in, and says which exit code that makes; `given` is null where no head was named. */
export async function runDiff(
  reference: string,
  given: string | null,
  options: DiffOptions,
  command: Command,
): Promise<ExitCode> {
  const { stdout, stderr } = streamsOf(command);
  const rules = parseFailOn(options.failOn ?? []);
  const requests = withTerminal(options, diffReporters);
  const base = await openSide(reference, options);
  try {
    const head = await openSide(given ?? HEAD, options);
    try {
      const same = sameRun(base, head, given);
      const { margin, seed } = options;
      const diff = await diffRuns(base, head, { level: 1 - ALPHA, seed, margin });
      for (const warning of [...same, ...diff.summary.warnings]) {
        await stderr.output.write(await warningText(warning, stderr.look));
      }
      const gate = holdComparison(diff.summary, rules, { margin, alpha: ALPHA });
      const troubles = await writeDiff({ diff, gate }, requests, stdout);
      for (const trouble of troubles) {
        await stderr.output.write(await errorText(trouble, stderr.look));
      }
      const trouble = troubles.map(({ code }) => code);
      return comparisonExit({ diff: diff.summary, gate, isGated: rules.length > 0, trouble });
    } finally {
      head.close();
    }
  } finally {
    base.close();
  }
}

/** What is said of a run that is compared with itself. Throws `usage` where nobody asked for that. */
function sameRun(base: ComparedSide, head: ComparedSide, given: string | null): string[] {
  const isSame = base.facts.run === head.facts.run && base.facts.agent === head.facts.agent;
  if (!isSame) return [];
  const { run } = base.facts;
  if (given !== null) return [`Run ${run} is compared with itself`];
  throw new AgentopsError(
    'usage',
    `Cannot compare run ${run} with itself: it is the latest one, expected another run after it`,
  );
}

/** Writes each report; one that fails leaves the others alone. Returns what went wrong. */
async function writeDiff(
  reported: ReportedDiff,
  requests: ReturnType<typeof withTerminal<(typeof diffReporters)[number]>>,
  stdout: ReturnType<typeof streamsOf>['stdout'],
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
