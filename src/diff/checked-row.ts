import { isObject } from '../json/object.ts';
import { PlanRow } from '../model/plan.ts';
import { ReportedTask } from '../model/report.ts';
import { RowResult } from '../model/run.ts';
import { Status } from '../model/status.ts';
import { checked, type Fault } from '../store/read-document.ts';

const names = { suite: true, task: true, agent: true, attack: true, trials: true } as const;
const shared = { ...names, skip: true, quarantine: true, digest: true, grown_from: true } as const;
const told = {
  status: true,
  passed: true,
  violated: true,
  not_tolerated: true,
  unsure: true,
} as const;

const Planned = PlanRow.pick({ ...shared, pass: true, left_out: true, at: true });
const Result = RowResult.pick({ ...names, ...told });
const Task = ReportedTask.pick({ ...shared, ...told }).extend({
  pass: PlanRow.shape.pass.optional(),
});

/** Holds a row of a plan against what is read of it; the schema is asked only where the row is not plainly right. Throws `store_fault`. */
export function checkedPlanRow(value: unknown, place: string): ReturnType<typeof Planned.parse> {
  return isPlain(value) &&
    (value['pass'] === 'all' || value['pass'] === 'any') &&
    isPlace(value['at'])
    ? (value as ReturnType<typeof Planned.parse>) // looked at
    : checked(value, Planned, place);
}

/** Holds the result of a row against what is read of it. Throws `store_fault`. */
export function checkedRowResult(value: unknown, place: string): ReturnType<typeof Result.parse> {
  return isPlain(value) && isTold(value)
    ? (value as ReturnType<typeof Result.parse>) // looked at
    : checked(value, Result, place);
}

/** Holds a task of a report against what is read of it. Throws what `fault` makes. */
export function checkedTask(
  value: unknown,
  place: string,
  fault: Fault,
): ReturnType<typeof Task.parse> {
  return isPlain(value) && isTold(value) && value['pass'] === undefined
    ? (value as ReturnType<typeof Task.parse>) // looked at
    : checked(value, Task, place, fault);
}

/** Whether it has the names of a row and nothing rare. */
function isPlain(value: unknown): value is Record<string, unknown> {
  if (!isObject(value)) return false;
  const { suite, task, agent, attack, trials, digest = '' } = value;
  const named =
    typeof suite === 'string' && typeof agent === 'string' && isText(task) && isText(attack);
  const rare = ['skip', 'quarantine', 'left_out', 'grown_from'].some(
    (key) => value[key] !== undefined,
  );
  return (
    named && Number.isInteger(trials) && Number(trials) > 0 && typeof digest === 'string' && !rare
  );
}

function isTold(value: Record<string, unknown>): boolean {
  const rare = ['violated', 'not_tolerated', 'unsure'].some((key) => value[key] !== undefined);
  return !rare && Number.isInteger(value['passed']) && Status.safeParse(value['status']).success;
}

function isText(value: unknown): boolean {
  return value === null || typeof value === 'string';
}

function isPlace(at: unknown): boolean {
  if (at === undefined) return true;
  return isObject(at) && typeof at['file'] === 'string' && Number.isInteger(at['line']);
}
