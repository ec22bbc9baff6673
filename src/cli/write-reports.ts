import path from 'node:path';
import { AgentopsError, messageOf } from '../errors.ts';
import { appendLines } from '../io/append-lines.ts';
import { atomicWrite } from '../io/atomic-write.ts';
import { makeFolder } from '../io/make-folder.ts';
import type { Append, Look, ReportedRun } from '../report/reporter.ts';
import { folderInRepository } from './folder-in-repository.ts';
import { type Output, writeAll } from './output.ts';
import type { ReportRequest } from './reporter-option.ts';

/** What a file looks like to a reporter: no terminal, no locale. */
const FILE_LOOK: Look = { colour: false, width: null, ascii: false };

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
  stdout: { readonly output: Output; readonly look: Look },
  { environment = process.env, root }: Surroundings = {},
): Promise<AgentopsError[]> {
  const troubles: AgentopsError[] = [];
  const attempt = async (key: string, write: () => Promise<void>) => {
    try {
      await write();
    } catch (thrown) {
      troubles.push(troubleOf(thrown, key));
    }
  };
  const placed = { ...run, ...(await folderInRepository(environment, root)) };
  for (const request of requests) {
    const { key, appends = [] } = request.reporter;
    await attempt(key, () => writeReport(placed, request, stdout));
    for (const append of appends) {
      await attempt(key, () => appendReport(placed, append, environment));
    }
  }
  return troubles;
}

async function writeReport(
  run: ReportedRun,
  { reporter, file }: ReportRequest,
  { output, look }: { readonly output: Output; readonly look: Look },
): Promise<void> {
  if (file === null) return writeAll(output, reporter.report(run, look));
  await makeFolder(path.dirname(file));
  await atomicWrite(file, reporter.report(run, FILE_LOOK));
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

/** What was thrown, with the name of the report before it. */
function troubleOf(thrown: unknown, key: string): AgentopsError {
  const code = thrown instanceof AgentopsError ? thrown.code : 'internal';
  const message = `Cannot write the report "${key}": ${messageOf(thrown)}`;
  return new AgentopsError(code, message, { cause: thrown });
}
