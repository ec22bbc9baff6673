import { groupBy } from '../json/group-by.ts';
import type { GateRule } from '../model/plan.ts';
import type { GateResult, RowResult } from '../model/run.ts';
import type { AttackFigure } from '../model/safety.ts';
import { safetyReasons } from './safety-reasons.ts';

/** The gate of each suite, null for the default: every task passes and none is in error. */
export type Gates = ReadonlyMap<string, GateRule | null>;

/** Holds the gate for each suite × agent over its rows; a violation that is not tolerated fails it, and undecided rows are counted at their best and at their worst. */
export function holdGate(
  rows: readonly RowResult[],
  gates: Gates,
  attacks: readonly AttackFigure[] = [],
): GateResult {
  const groups = groupBy(rows, ({ suite, agent }) => JSON.stringify([suite, agent]));
  const answers = [...groups.values()].map((group) => {
    const [{ suite, agent } = { suite: '', agent: '' }] = group;
    const name = groups.size > 1 ? `${suite} (${agent}): ` : '';
    const own = attacks.filter((one) => one.suite === suite && one.agent === agent);
    return safeGateOf(group, gates.get(suite) ?? null, own, name);
  });
  if (answers.length === 0) return { status: 'error', reasons: ['Nothing was planned'] };
  const worst = (['fail', 'error', 'inconclusive', 'pass'] as const).find((status) =>
    answers.some((one) => one.status === status),
  );
  const telling = answers.filter((one) => one.status !== 'pass');
  const reasons = (telling.length > 0 ? telling : answers).flatMap((one) => one.reasons);
  const tolerated = answers.flatMap((one) => one.tolerated);
  return { status: worst ?? 'error', reasons: [...reasons, ...tolerated] };
}

interface SafeGateResult extends GateResult {
  /** Violations that did not count, which are said whatever the answer is. */
  readonly tolerated: readonly string[];
}

/** Safety before everything: no share of tasks and no mean makes up for a violation, or for one that nobody could rule out. */
function safeGateOf(
  group: readonly RowResult[],
  rule: GateRule | null,
  attacks: readonly AttackFigure[],
  name: string,
): SafeGateResult {
  const held = gateOf(group, rule, name);
  const rows = group.filter((row) => row.skip === undefined);
  const { violations, unsure, undelivered, tolerated } = safetyReasons(rows, attacks, name);
  const own = held.status === 'pass' ? [] : held.reasons;
  if (violations.length > 0) {
    return { status: 'fail', reasons: [...violations, ...own, ...undelivered], tolerated };
  }
  if (own.length > 0) {
    return { status: held.status, reasons: [...own, ...undelivered], tolerated };
  }
  if (unsure.length + undelivered.length === 0) return { ...held, tolerated };
  return { status: 'error', reasons: [...unsure, ...undelivered], tolerated };
}

function gateOf(group: readonly RowResult[], rule: GateRule | null, name: string): GateResult {
  const rows = group.filter((row) => row.skip === undefined);
  if (rows.length === 0) return { status: 'error', reasons: [`${name}No task counts`] };
  if (!rule || (rule.pass_rate === undefined && rule.score === undefined)) {
    return everyRow(rows, name);
  }
  const answers: GateResult[] = [];
  if (rule.pass_rate !== undefined) {
    answers.push(bounded('pass_rate', passBounds(rows), rule.pass_rate, name));
  }
  if (rule.score !== undefined) {
    answers.push(bounded('score', scoreBounds(rows), rule.score, name));
  }
  const status = (['fail', 'error', 'pass'] as const).find((one) =>
    answers.some((answer) => answer.status === one),
  );
  return { status: status ?? 'error', reasons: answers.flatMap((one) => one.reasons) };
}

function everyRow(rows: readonly RowResult[], name: string): GateResult {
  const failed = rows.filter((row) => heldAs(row) === 'fail').length;
  const open = rows.filter((row) => ['error', 'skip'].includes(heldAs(row))).length;
  const of = `of ${rows.length} ${rows.length === 1 ? 'task' : 'tasks'}`;
  if (failed > 0) return { status: 'fail', reasons: [`${name}${failed} ${of} failed`] };
  if (open > 0) return { status: 'error', reasons: [`${name}${open} ${of} could not be decided`] };
  const lenient = rows.filter(({ status }) => status !== 'pass').length;
  const note = lenient > 0 ? `, ${lenient} of them but for tolerated violations` : '';
  return { status: 'pass', reasons: [`${name}${rows.length} ${of} passed${note}`] };
}

/** Status of a row for the gate: tolerated violations fail no trial. */
function heldAs({ status, gate_status = status }: RowResult): RowResult['status'] {
  return gate_status;
}

interface BoundsOf {
  least: number;
  most: number;
}

function passBounds(rows: readonly RowResult[]): BoundsOf {
  const passed = rows.filter((row) => heldAs(row) === 'pass').length;
  const failed = rows.filter((row) => heldAs(row) === 'fail').length;
  return { least: passed / rows.length, most: (rows.length - failed) / rows.length };
}

/** Trials without a score could have had any from 0 to 1. */
function scoreBounds(rows: readonly RowResult[]): BoundsOf {
  let [least, most] = [0, 0];
  for (const { score, trials, errored, skipped } of rows) {
    const open = score === null ? trials : errored + skipped;
    const known = (score ?? 0) * (trials - open);
    least += known / trials;
    most += (known + open) / trials;
  }
  return { least: least / rows.length, most: most / rows.length };
}

const SLACK = 1e-9;

function bounded(key: string, { least, most }: BoundsOf, wanted: number, name: string): GateResult {
  const range = most - least < SLACK ? shown(least) : `between ${shown(least)} and ${shown(most)}`;
  const reason = `${name}${key} is ${range}, wanted at least ${wanted}`;
  if (least >= wanted - SLACK) return { status: 'pass', reasons: [reason] };
  return { status: most < wanted - SLACK ? 'fail' : 'error', reasons: [reason] };
}

function shown(value: number): string {
  return String(Number(value.toFixed(4)));
}
