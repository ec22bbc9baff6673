import path from 'node:path';
import type { AgentopsError } from '../errors.ts';
import { appendLines } from '../io/append-lines.ts';
import type { Append, ReportedRun } from '../report/reporter.ts';
import { runHistory } from '../store/run-history.ts';
import { folderInRepository } from './folder-in-repository.ts';
import type { ReportRequest } from './reporter-option.ts';
import type { Stream } from './streams.ts';
import { FILE_LOOK, reportTrouble, writeReport } from './write-report.ts';

/** Where a run is reported. */
interface Surroundings {
  readonly environment?: Readonly<Record<string, string | undefined>>;
  /** Root of the project whose suites ran; that of the working folder unless given. */
  readonly root?: string;
}
type Environment = NonNullable<Surroundings['environment']>;

/** Writes each report, and what it appends to files that the environment names; one that fails leaves the others alone. Returns what went wrong. */
export async function writeReports(
  run: ReportedRun,
  requests: readonly ReportRequest[],
  stdout: Stream,
  { environment = process.env, root }: Surroundings = {},
): Promise<AgentopsError[]> {
  const troubles: AgentopsError[] = [];
  const attempt = async (key: string, write: () => Promise<void>) => {
    try {
      await write();
    } catch (thrown) {
      troubles.push(reportTrouble(thrown, key));
    }
  };
  const placed = { ...run, ...(await folderInRepository(environment, root)) };
  for (const request of requests) {
    const { key, appends = [], wantsHistory } = request.reporter;
    await attempt(key, async () => {
      const told = wantsHistory ? { ...placed, history: await historyOf(run) } : placed;
      await writeReport(told, request, stdout);
    });
    for (const append of appends) {
      await attempt(key, () => appendReport(placed, append, environment));
    }
  }
  return troubles;
}

/** The runs that lie beside a run in its folder. */
function historyOf({ id, dir, plan }: ReportedRun) {
  const suites = plan.suites.map(({ suite }) => suite);
  return runHistory(path.dirname(dir), { id, suites });
}

/** Adds to the file that a variable names, nothing where it names none; of a report that throws nothing is added. */
async function appendReport(
  run: ReportedRun,
  { variable, report }: Append,
  environment: Environment,
): Promise<void> {
  const file = environment[variable] ?? '';
  if (file === '') return;
  let text = '';
  for await (const piece of report(run, FILE_LOOK)) text += piece;
  await appendLines(file, text);
}
