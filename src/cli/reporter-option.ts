import path from 'node:path';
import { AgentopsError } from '../errors.ts';
import type { Reporter } from '../report/reporter.ts';

/** A report that was asked for, and the file that it goes to; null is standard output. */
export interface ReportRequest<One = Reporter> {
  readonly reporter: One;
  readonly file: string | null;
}

/** Reads the values of `--reporter NAME[=FILE]`. Throws `usage` for an unknown name, an empty file, and two reports for one place. */
export function parseReporterOptions<One extends { readonly key: string }>(
  values: readonly string[],
  reporters: readonly One[],
  folder: string,
): ReportRequest<One>[] {
  const requests = values.map((value) => parseOne(value, reporters, folder));
  const taken = new Map<string | null, string>();
  for (const { reporter, file } of requests) {
    const other = taken.get(file);
    if (other !== undefined) {
      const place = file === null ? 'standard output' : `"${file}"`;
      throw new AgentopsError(
        'usage',
        `Cannot write the reports "${other}" and "${reporter.key}" both to ${place}: name a file with --reporter ${reporter.key}=FILE`,
      );
    }
    taken.set(file, reporter.key);
  }
  return requests;
}

function parseOne<One extends { readonly key: string }>(
  value: string,
  reporters: readonly One[],
  folder: string,
): ReportRequest<One> {
  const at = value.indexOf('=');
  const name = at === -1 ? value : value.slice(0, at);
  const reporter = reporters.find(({ key }) => key === name);
  if (!reporter) {
    const known = reporters.map(({ key }) => key).join(', ');
    throw new AgentopsError(
      'usage',
      `Cannot use --reporter ${value}: there is no reporter "${name}", expected one of ${known}`,
    );
  }
  const file = at === -1 ? '-' : value.slice(at + 1);
  if (file === '') {
    throw new AgentopsError(
      'usage',
      `Cannot use --reporter ${value}: the file after "=" is empty, expected a path`,
    );
  }
  return { reporter, file: file === '-' ? null : path.resolve(folder, file) };
}
