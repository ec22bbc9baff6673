import { AgentopsError } from '../errors.ts';
import { nearestName } from '../match/nearest-name.ts';
import type { Plan, PlanRow } from '../model/plan.ts';

const SHOWN = 6;

/** Ids of the trials that a reference may mean, in plan order: one for an id, its unique beginning, or a name with `#number`; all trials of the row for `task`, `suite/task`, `task/agent` or `suite/task/agent`. Throws `usage` where none or several rows are meant. */
export function findTrialIds(plan: Plan, reference: string): string[] {
  const whole = rowsNamed(plan, reference);
  if (whole.length > 0) return onlyRow(whole, reference).trial_ids;
  const [, name, number] = /^(.*)#(\d+)$/s.exec(reference) ?? [];
  if (name !== undefined) {
    const rows = rowsNamed(plan, name);
    if (rows.length > 0) return [numbered(onlyRow(rows, reference), Number(number), reference)];
  }
  return [idStarting(plan, reference)];
}

/** Rows of that name; where some were not attacked, only those. */
function rowsNamed(plan: Plan, name: string): PlanRow[] {
  const rows = plan.rows.filter((row) => names(row).includes(name));
  const plain = rows.filter(({ attack }) => attack === null);
  return plain.length > 0 ? plain : rows;
}

function names({ suite, task, agent, attack }: PlanRow): string[] {
  if (task === null) return [];
  const plain = [task, `${suite}/${task}`, `${task}/${agent}`, `${suite}/${task}/${agent}`];
  return attack === null ? plain : [...plain, ...plain.map((name) => `${name}/${attack}`)];
}

function onlyRow(rows: readonly PlanRow[], reference: string): PlanRow {
  const [first, ...others] = rows;
  if (first !== undefined && others.length === 0) return first;
  const list = rows.map((row) =>
    [row.suite, row.task, row.agent, row.attack ?? []].flat().join('/'),
  );
  throw notOne(reference, list);
}

function numbered(row: PlanRow, number: number, reference: string): string {
  const at = row.numbers ? row.numbers.indexOf(number) : number - 1;
  const id = row.trial_ids[at];
  if (id !== undefined) return id;
  const known = row.numbers ? row.numbers.join(', ') : `1 to ${row.trials}`;
  throw new AgentopsError(
    'usage',
    `Cannot find the trial "${reference}": the trials of ${row.task} are ${known}`,
  );
}

function idStarting(plan: Plan, reference: string): string {
  const ids = plan.rows.flatMap((row) => row.trial_ids);
  if (ids.includes(reference)) return reference;
  const found = reference === '' ? [] : ids.filter((id) => id.startsWith(reference));
  if (found.length > 1) throw notOne(reference, found);
  if (found[0] !== undefined) return found[0];
  const near = nearestName(reference, [...new Set(plan.rows.flatMap(names)), ...ids]);
  const mend =
    near === null
      ? 'expected an id, task, task#number or suite/task/agent#number'
      : `did you mean "${near}"?`;
  throw new AgentopsError('usage', `Cannot find the trial "${reference}": ${mend}`);
}

function notOne(reference: string, list: readonly string[]): AgentopsError {
  const more = list.length > SHOWN ? ` and ${list.length - SHOWN} more` : '';
  return new AgentopsError(
    'usage',
    `Cannot tell which trial "${reference}" is: it may be ${list.slice(0, SHOWN).join(', ')}${more}`,
  );
}
