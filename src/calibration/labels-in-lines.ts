import type { Fault } from '../model/suite.ts';
import { lineFault } from './json-lines.ts';
import { labelLines } from './label-lines.ts';
import type { PlacedLabel, ReadLabels } from './placed-label.ts';

/** Reads a file of labels, one JSON object a line. Throws `input_fault` or `disk_fault`. */
export async function labelsInLines(file: string): Promise<ReadLabels> {
  const labels: PlacedLabel[] = [];
  const faults: Fault[] = [];
  for await (const read of labelLines(file)) {
    if ('fault' in read) faults.push(lineFault(file, read.line, read.fault));
    else labels.push({ ...read.label, file, line: read.line });
  }
  return { labels, faults, notes: [] };
}
