import { labelsInLines } from './labels-in-lines.ts';
import { labelsInTrajectories } from './labels-in-trajectories.ts';
import type { ReadLabels } from './placed-label.ts';

/** Reads labels of people from JSONL (`*.labels.jsonl`), from `labels` in `*.trajectories.jsonl`, and from CSV; a line that is no label is a fault and the others are read. Throws `input_fault` or `disk_fault`. */
export async function readLabels(files: readonly string[]): Promise<ReadLabels> {
  const read: ReadLabels[] = [];
  for (const file of new Set(files)) read.push(await readerOf(file)(file));
  return {
    labels: read.flatMap(({ labels }) => labels),
    faults: read.flatMap(({ faults }) => faults),
    notes: read.flatMap(({ notes }) => notes),
  };
}

function readerOf(file: string): (file: string) => Promise<ReadLabels> {
  const name = file.toLowerCase();
  if (name.endsWith('.csv')) return readTable;
  return name.endsWith('.trajectories.jsonl') ? labelsInTrajectories : labelsInLines;
}

/** The parser of tables is loaded where there is one. */
async function readTable(file: string): Promise<ReadLabels> {
  const { labelsInTable } = await import('./labels-in-table.ts');
  return labelsInTable(file);
}
