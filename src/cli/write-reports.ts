import path from 'node:path';
import { AgentopsError, messageOf } from '../errors.ts';
import { atomicWrite } from '../io/atomic-write.ts';
import { makeFolder } from '../io/make-folder.ts';
import type { Look, ReportedRun } from '../report/reporter.ts';
import { type Output, writeAll } from './output.ts';
import type { ReportRequest } from './reporter-option.ts';

/** What a file looks like to a reporter: no terminal, no locale. */
const FILE_LOOK: Look = { colour: false, width: null, ascii: false };

/** Writes each report; one that fails leaves the others alone. Returns what went wrong. */
export async function writeReports(
  run: ReportedRun,
  requests: readonly ReportRequest[],
  stdout: { readonly output: Output; readonly look: Look },
): Promise<AgentopsError[]> {
  const troubles: AgentopsError[] = [];
  for (const request of requests) {
    try {
      await writeReport(run, request, stdout);
    } catch (thrown) {
      troubles.push(troubleOf(thrown, request));
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

function troubleOf(thrown: unknown, { reporter }: ReportRequest): AgentopsError {
  if (thrown instanceof AgentopsError) return thrown;
  const message = `Cannot write the report "${reporter.key}": ${messageOf(thrown)}`;
  return new AgentopsError('internal', message, { cause: thrown });
}
