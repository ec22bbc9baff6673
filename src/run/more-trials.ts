import type { PlanRow } from '../model/plan.ts';
import { trialsOf } from './look-schedule.ts';
import { type ReadyRow, trialNumber } from './plan-rows.ts';
import type { RunOptions } from './run-options.ts';
import { trialId } from './trial-id.ts';

/** A row with more trials, and a row of only these. */
export interface GrownRow {
  readonly whole: ReadyRow;
  readonly fresh: ReadyRow;
}

/** Plans a row with so many trials; null where it has them already. */
export function growRow(ready: ReadyRow, wanted: number): GrownRow | null {
  const { row } = ready;
  const more = wanted - trialsOf(row);
  if (more <= 0) return null;
  const last = Math.max(trialsOf(row), trialNumber(row, row.trials - 1));
  const fresh = Array.from({ length: more }, (_, at) => last + 1 + at);
  const { suite, task, agent, attack } = row;
  const trial_ids = fresh.map((trial) => trialId({ suite, task, agent, attack, trial }));
  const whole: PlanRow = {
    ...row,
    pass: shareOf(row),
    trials: row.trials + more,
    grown_from: row.grown_from ?? trialsOf(row),
    ...(row.numbers && { numbers: [...row.numbers, ...fresh] }),
    trial_ids: [...row.trial_ids, ...trial_ids],
  };
  return {
    whole: { ...ready, row: whole },
    fresh: { ...ready, row: { ...row, trials: more, numbers: fresh, trial_ids } },
  };
}

/** Two of three trials are eight of twelve: with more trials the same number would be less to ask for. */
function shareOf(row: PlanRow): PlanRow['pass'] {
  const { pass } = row;
  if (pass === 'any') return { rate: 1 / trialsOf(row) };
  if (typeof pass !== 'object' || !('at_least' in pass)) return pass;
  return { rate: Math.min(1, pass.at_least / trialsOf(row)) };
}

/** Why more trials of a row would tell nothing new; null where they would. */
export function whyNoMore({ ready, row, task }: ReadyRow, options: RunOptions): string | null {
  const { suite, agent, name } = ready;
  if (!agent.isLive) return `${name} is recorded, and has no further trials`;
  if (row.skip !== undefined || task === null) return `task "${row.task}" is not run`;
  const entry = suite.agents.find((one) => one.name === name);
  for (const models of [entry, task.user?.simulate]) {
    if (models?.script) return `models of ${name} follow a script, which says the same again`;
    if (models?.recording === undefined || options.live.record) continue;
    return `models of ${name} answer from a recording, which has no further trials (--record asks them anew)`;
  }
  if (Object.keys(suite.judges ?? {}).length === 0 || options.judge === 'live') return null;
  return `LLM judges of ${suite.name} answer from a recording, which has no further trials (--judge live asks them)`;
}
