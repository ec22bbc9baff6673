import path from 'node:path';
import { AgentopsError, messageOf } from '../errors.ts';
import { atomicWrite } from '../io/atomic-write.ts';
import { makeFolder } from '../io/make-folder.ts';
import type { Look } from '../report/reporter.ts';
import { writeAll } from './output.ts';
import type { ReportRequest } from './reporter-option.ts';
import type { Stream } from './streams.ts';

/** What a file looks like to a reporter: no terminal, no locale. */
export const FILE_LOOK: Look = { colour: false, width: null, ascii: false };

/** Whatever turns a run, or a comparison, into text. */
interface ReporterOf<Subject> {
  readonly report: (subject: Subject, look: Look) => AsyncIterable<string>;
}

/** Writes a report to standard output or its file. What the reporter throws passes through. */
export async function writeReport<Subject>(
  subject: Subject,
  { reporter, file }: ReportRequest<ReporterOf<Subject>>,
  { output, look }: Stream,
): Promise<void> {
  if (file === null) return writeAll(output, reporter.report(subject, look));
  await makeFolder(path.dirname(file));
  await atomicWrite(file, reporter.report(subject, FILE_LOOK));
}

/** What was thrown, with the name of the report before it. */
export function reportTrouble(thrown: unknown, key: string): AgentopsError {
  const code = thrown instanceof AgentopsError ? thrown.code : 'internal';
  const message = `Cannot write the report "${key}": ${messageOf(thrown)}`;
  return new AgentopsError(code, message, { cause: thrown });
}
