import { isObject } from '../json/object.ts';
import { Trajectory } from '../model/trajectory.ts';
import { eachRecord, recordFault } from './each-record.ts';
import type { Format } from './format.ts';
import { isPlainRecord } from './plain-record.ts';
import { lacksArguments, trajectoryFault } from './trajectory-fault.ts';

/** Our own records, one trajectory each. */
export const agentops: Format = {
  key: 'agentops',
  words: 'Trajectories as agentops writes them',
  detect: (values) => Math.max(...values.map(likeness), 0),
  read: (records) =>
    eachRecord(records, (value) => {
      const read = readTrajectory(value);
      if ('fault' in read) throw recordFault(read.fault);
      return read;
    }),
};

function likeness(value: unknown): number {
  if (!isObject(value)) return 0;
  const marks = ['schema_version', 'steps', 'task', 'trial', 'stop'];
  const found = marks.filter((key) => Object.hasOwn(value, key)).length;
  return Array.isArray(value['steps']) && found >= 3 ? found / marks.length : 0;
}

/** What a record that cannot be read still says of the trial that it is about. */
export interface TrialNames {
  suite?: string;
  task?: string;
  agent?: string;
  attack?: string;
  trial?: number;
}

/** Checks one parsed line of a trajectory file: the record as it stands, unknown keys kept, or what is wrong with it. */
export function readTrajectory(
  value: unknown,
): { trajectory: Trajectory } | { fault: string; trajectory?: TrialNames } {
  // The schema copies what it accepts; the record itself keeps keys such as `__proto__` as they are
  const trajectory = value as Trajectory; // used once the schema has accepted it
  if (isPlainRecord(value)) return { trajectory };
  if (Trajectory.safeParse(value).success && !trajectory.steps.some(lacksArguments)) {
    return { trajectory };
  }
  const fault = trajectoryFault(value) ?? 'It is no trajectory';
  return isObject(value) ? { fault, trajectory: namesOf(value) } : { fault };
}

function namesOf(record: Readonly<Record<string, unknown>>): TrialNames {
  const names: TrialNames = {};
  for (const key of ['suite', 'task', 'agent', 'attack'] as const) {
    const name = record[key];
    if (typeof name === 'string') names[key] = name;
  }
  const trial = record['trial'];
  if (typeof trial === 'number' && Number.isInteger(trial) && trial > 0) names.trial = trial;
  return names;
}
