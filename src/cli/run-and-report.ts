import { AgentopsError, messageOf } from '../errors.ts';
import type { RunSummary } from '../model/run.ts';
import type { Suite } from '../model/suite.ts';
import { undecidedWords } from '../report/undecided-line.ts';
import type { AgainstBaseline } from '../run/against-baseline.ts';
import type { RunOptions } from '../run/run-options.ts';
import { runSuites } from '../run/run-suites.ts';
import { openStoredRun } from '../store/stored-run.ts';
import { catchSignals } from './catch-signals.ts';
import { type ExitCode, exitCodeOf } from './exit-code.ts';
import type { RunGuard } from './guard-run.ts';
import { errorText, warningText } from './messages.ts';
import type { Person } from './person-at-terminal.ts';
import { startProgress } from './progress.ts';
import type { ReportRequest } from './reporter-option.ts';
import type { streamsOf } from './streams.ts';
import { writeReports } from './write-reports.ts';

/** Runs suites, reports, and says which exit code that makes. */
export async function runAndReport(
  suites: readonly Suite[],
  options: Omit<RunOptions, 'signal' | 'against'> & { readonly against?: AgainstBaseline | null },
  requests: readonly ReportRequest[],
  { stdout, stderr, quiet }: ReturnType<typeof streamsOf> & { quiet: boolean },
  guard: RunGuard,
): Promise<ExitCode> {
  const signals = catchSignals(guard.release);
  const progress = startProgress(process.stderr, process.env, { quiet });
  const told = { onStart: progress.start, onTrial: progress.add };
  const person = quiet ? null : await personFor(suites, progress.hold);
  const live = { ...options.live, askPerson: person?.ask ?? null };
  const { signal } = signals;
  const run = await runSuites(suites, { ...options, ...told, live, signal }).finally(() => {
    person?.close();
    progress.end();
  });
  const comparison = options.against?.comparison();
  const { uneventful } = run;
  const stored = {
    ...(await openStoredRun(run.dir)),
    ...{ uneventful, ...(comparison && { comparison }) },
  };
  const isShown = requests.some(({ reporter, file }) => reporter.key === 'terminal' && !file);
  for (const warning of warningsOf(run.summary, isShown)) {
    await stderr.output.write(await warningText(warning, stderr.look));
  }
  const [root, another] = new Set(suites.map((suite) => suite.root));
  const placed = root !== undefined && another === undefined ? { root } : {};
  const troubles = await writeReports(stored, requests, stdout, placed);
  troubles.push(...guard.strays().map(strayFault));
  for (const trouble of troubles) await stderr.output.write(await errorText(trouble, stderr.look));
  const trouble = troubles.map(({ code }) => code);
  return exitCodeOf({ gate: run.summary.gate.status, trouble, signal: signals.caught() });
}

/** What is said of a run and of its comparison, last and loudly that it is inconclusive, where no report at the terminal does. */
function warningsOf(summary: RunSummary, isShown: boolean): string[] {
  const compared = summary.comparison?.diff.warnings ?? [];
  return [
    ...summary.warnings,
    ...compared,
    (isShown ? null : undecidedWords(summary)) ?? [],
  ].flat();
}

/** The person at the terminal, where a suite has one asked. */
async function personFor(suites: readonly Suite[], hold: () => () => void): Promise<Person | null> {
  const asks = suites.some(({ approvals = [] }) =>
    approvals.some(({ decision }) => decision === 'ask'),
  );
  if (!asks) return null;
  const { personAtTerminal } = await import('./person-at-terminal.ts');
  const { stdin: input, stderr: output, env: environment } = process;
  return personAtTerminal({ input, output, environment, hold });
}

function strayFault(thrown: unknown): AgentopsError {
  const words = `Code that a suite names threw where nobody waited for it: ${messageOf(thrown)}`;
  return new AgentopsError('input_fault', words, { cause: thrown });
}
