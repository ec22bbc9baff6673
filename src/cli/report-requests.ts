import { reporters } from '../report/registry.ts';
import { parseReporterOptions, type ReportRequest } from './reporter-option.ts';

/** What options say of reports. */
export interface AskedReports {
  readonly reporter?: readonly string[];
  readonly quiet?: boolean;
}

/** The reports of a run that were asked for; the terminal's too, unless it is quiet or standard output is taken. Throws `usage`. */
export function reportRequests(asked: AskedReports): ReportRequest[] {
  return withTerminal(asked, reporters);
}

/** The same for any reporters, of which one is called `terminal`. Throws `usage`. */
export function withTerminal<One extends { readonly key: string }>(
  { reporter = [], quiet }: AskedReports,
  known: readonly One[],
): ReportRequest<One>[] {
  const requests = parseReporterOptions(reporter, known, process.cwd());
  const taken = requests.some(({ file }) => file === null);
  if (quiet || taken) return requests;
  return [...parseReporterOptions(['terminal'], known, process.cwd()), ...requests];
}
