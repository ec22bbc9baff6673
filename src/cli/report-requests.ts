import { reporters } from '../report/registry.ts';
import { parseReporterOptions, type ReportRequest } from './reporter-option.ts';

/** The reports that were asked for; the terminal's too, unless it is quiet or standard output is taken. Throws `usage`. */
export function reportRequests(options: {
  readonly reporter?: readonly string[];
  readonly quiet?: boolean;
}): ReportRequest[] {
  const requests = parseReporterOptions(options.reporter ?? [], reporters, process.cwd());
  const taken = requests.some(({ file }) => file === null);
  if (options.quiet || taken) return requests;
  return [...parseReporterOptions(['terminal'], reporters, process.cwd()), ...requests];
}
