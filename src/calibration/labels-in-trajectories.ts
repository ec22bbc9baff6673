import * as z from 'zod';
import type { Fault } from '../model/suite.ts';
import { Trajectory } from '../model/trajectory.ts';
import { jsonLines, lineFault } from './json-lines.ts';
import type { PlacedLabel, ReadLabels } from './placed-label.ts';

/** What a trajectory must have for its labels to be read; its steps are not looked at. */
const Labelled = Trajectory.pick({
  suite: true,
  task: true,
  agent: true,
  attack: true,
  trial: true,
}).extend({ labels: z.looseObject({}).nullish() });

type Names = Pick<Trajectory, 'suite' | 'task' | 'agent' | 'attack' | 'trial'>;

/** Keys of labels that stand for the trial as a whole; another key is the name of a judge. */
const WHOLE: ReadonlySet<string> = new Set(['human', 'label']);

/** Reads what people say of recorded trajectories from their `labels`. Throws `input_fault` or `disk_fault`. */
export async function labelsInTrajectories(file: string): Promise<ReadLabels> {
  const labels: PlacedLabel[] = [];
  const faults: Fault[] = [];
  for await (const parsed of jsonLines(file)) {
    const { line } = parsed;
    const read = 'value' in parsed ? Labelled.safeParse(parsed.value) : null;
    if (!read?.success) {
      const words = 'fault' in parsed ? parsed.fault : 'The line is no trajectory';
      faults.push(lineFault(file, line, words));
      continue;
    }
    const { labels: given, ...names } = read.data;
    for (const label of labelsOfRecord(given ?? {}, names)) labels.push({ ...label, file, line });
  }
  return { labels, faults, notes: [] };
}

/** The labels of one trajectory: values of others, such as rewards and truth values, are none. */
export function labelsOfRecord(
  labels: Readonly<Record<string, unknown>>,
  { suite, task, agent, attack, trial }: Names,
): Omit<PlacedLabel, 'file' | 'line'>[] {
  const names = { task, agent, trial, attack: attack ?? null, ...(suite && { suite }) };
  return Object.entries(labels).flatMap(([key, label]) => {
    if (typeof label !== 'string' && typeof label !== 'number') return [];
    return [{ ...names, label, ...(!WHOLE.has(key) && { judge: key }) }];
  });
}
