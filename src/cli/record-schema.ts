import * as z from 'zod';
import { Baseline } from '../model/baseline.ts';
import { DiffReport } from '../model/diff-report.ts';
import { JsonReport } from '../model/report.ts';
import { RunSummary } from '../model/run.ts';
import { Trajectory } from '../model/trajectory.ts';

const records = {
  trajectory: Trajectory,
  run: RunSummary,
  report: JsonReport,
  diff: DiffReport,
  baseline: Baseline,
};

/** The JSON Schema of a kind of record, as it is read. */
export function recordJsonSchema(name: keyof typeof records): object {
  return z.toJSONSchema(records[name], { io: 'input' });
}
