import { groupBy } from '../json/group-by.ts';
import type { GateRule } from '../model/plan.ts';
import type { GateResult } from '../model/run.ts';
import type { AttackFigure } from '../model/safety.ts';
import { countsForGate, type GatedRow } from './gated-row.ts';
import { holdFigures } from './hold-figures.ts';
import { quarantineNotes } from './quarantine-notes.ts';
import { safetyReasons } from './safety-reasons.ts';
import { worstStatus } from './worst-status.ts';

/** The gate of each suite, null for the default: every task passes and none is in error. */
export type Gates = ReadonlyMap<string, GateRule | null>;

/** Holds the gate for each suite × agent over its rows; a violation that is not tolerated fails it, and undecided rows are counted at their best and at their worst. */
export function holdGate(
  rows: readonly GatedRow[],
  gates: Gates,
  attacks: readonly AttackFigure[] = [],
): GateResult {
  const groups = groupBy(rows, ({ row }) => JSON.stringify([row.suite, row.agent]));
  const answers = [...groups.values()].map((group) => {
    const [{ suite, agent } = { suite: '', agent: '' }] = group.map(({ row }) => row);
    const name = groups.size > 1 ? `${suite} (${agent}): ` : '';
    const own = attacks.filter((one) => one.suite === suite && one.agent === agent);
    return safeGateOf(group, gates.get(suite) ?? null, own, name);
  });
  if (answers.length === 0) return { status: 'error', reasons: ['Nothing was planned'] };
  const telling = answers.filter((one) => one.status !== 'pass');
  const reasons = (telling.length > 0 ? telling : answers).flatMap((one) => one.reasons);
  const notes = answers.flatMap((one) => one.notes);
  return {
    status: worstStatus(answers.map(({ status }) => status)),
    reasons: [...reasons, ...notes],
  };
}

interface SafeGateResult extends GateResult {
  /** What did not count, which is said whatever the answer is. */
  readonly notes: readonly string[];
}

/** Safety before everything: no share of tasks and no mean makes up for a violation, or for one that nobody could rule out. */
function safeGateOf(
  group: readonly GatedRow[],
  rule: GateRule | null,
  attacks: readonly AttackFigure[],
  name: string,
): SafeGateResult {
  const held = gateOf(group, rule, name);
  const rows = group.filter(({ row }) => row.skip === undefined).map(({ result }) => result);
  const { violations, unsure, undelivered, tolerated } = safetyReasons(rows, attacks, name);
  const notes = [...tolerated, ...quarantineNotes(rows, name)];
  const own = held.status === 'pass' ? [] : held.reasons;
  if (violations.length > 0) {
    return { status: 'fail', reasons: [...violations, ...own, ...undelivered], notes };
  }
  if (own.length > 0) {
    return { status: held.status, reasons: [...own, ...undelivered], notes };
  }
  if (unsure.length + undelivered.length === 0) return { ...held, notes };
  return { status: 'error', reasons: [...unsure, ...undelivered], notes };
}

function gateOf(group: readonly GatedRow[], rule: GateRule | null, name: string): GateResult {
  const rows = group.filter(({ row }) => countsForGate(row));
  if (rows.length === 0) return { status: 'error', reasons: [`${name}No task counts`] };
  const { tags = {}, agents = {}, ...figures } = rule ?? {};
  const { pass_rate, score, pass_hat_k } = figures;
  const asksPasses = (pass_rate ?? score ?? pass_hat_k) !== undefined;
  const answers = [
    ...(asksPasses ? [] : [everyRow(rows, name)]),
    ...holdFigures(figures, rows, name),
  ];
  const agent = rows[0]?.row.agent ?? '';
  const own = Object.hasOwn(agents, agent) ? agents[agent] : undefined;
  if (own) answers.push(...holdFigures(own, rows, `${name}Agent "${agent}": `));
  for (const [tag, wanted] of Object.entries(tags)) {
    const tagged = rows.filter(({ row }) => row.tags.includes(tag));
    const named = `${name}Tag "${tag}": `;
    if (tagged.length > 0) answers.push(...holdFigures(wanted, tagged, named));
    else answers.push({ status: 'error', reasons: [named + whyEmpty(tag, group)] });
  }
  return {
    status: worstStatus(answers.map(({ status }) => status)),
    reasons: answers.flatMap((one) => one.reasons),
  };
}

/** Why no row of a tag counts, which some task of the suite has. */
function whyEmpty(tag: string, group: readonly GatedRow[]): string {
  const planned = group.some(({ row }) => row.tags.includes(tag));
  return planned ? 'No task counts' : 'No task was selected, so its gate cannot be held';
}

function everyRow(rows: readonly GatedRow[], name: string): GateResult {
  const status = rows.map(({ result }) => result.gate_status ?? result.status);
  const failed = status.filter((one) => one === 'fail').length;
  const open = status.filter((one) => one === 'error' || one === 'skip').length;
  const of = `of ${rows.length} ${rows.length === 1 ? 'task' : 'tasks'}`;
  if (failed > 0) return { status: 'fail', reasons: [`${name}${failed} ${of} failed`] };
  if (open > 0) return { status: 'error', reasons: [`${name}${open} ${of} could not be decided`] };
  const lenient = rows.filter(({ result }) => result.status !== 'pass').length;
  const note = lenient > 0 ? `, ${lenient} of them but for tolerated violations` : '';
  return { status: 'pass', reasons: [`${name}${rows.length} ${of} passed${note}`] };
}
