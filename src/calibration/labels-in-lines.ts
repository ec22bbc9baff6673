import { Label } from '../model/label.ts';
import type { Fault } from '../model/suite.ts';
import { jsonLines, lineFault } from './json-lines.ts';
import type { PlacedLabel, ReadLabels } from './placed-label.ts';

/** Reads a file of labels, one JSON object a line. Throws `input_fault` or `disk_fault`. */
export async function labelsInLines(file: string): Promise<ReadLabels> {
  const labels: PlacedLabel[] = [];
  const faults: Fault[] = [];
  for await (const parsed of jsonLines(file)) {
    const { line } = parsed;
    if ('fault' in parsed) {
      faults.push(lineFault(file, line, parsed.fault));
      continue;
    }
    const { data, error } = Label.safeParse(parsed.value);
    if (data) labels.push({ ...data, file, line });
    else faults.push(lineFault(file, line, faultWords(error.issues[0])));
  }
  return { labels, faults, notes: [] };
}

function faultWords(issue: { path: PropertyKey[]; message: string } | undefined): string {
  const where = issue && issue.path.length > 0 ? ` at "${issue.path.map(String).join('.')}"` : '';
  return `The line is no label${where}: ${issue?.message ?? 'not valid'}`;
}
