import type { GateFigures } from '../model/plan.ts';
import type { GateResult } from '../model/run.ts';
import { passHatK } from '../stats/pass-at-k.ts';
import type { GatedRow } from './gated-row.ts';

/** Holds each figure that a gate names over its rows, one at least; a figure that could fall on either side is an error. */
export function holdFigures(
  figures: GateFigures,
  rows: readonly GatedRow[],
  name: string,
): GateResult[] {
  const { pass_rate, score, pass_hat_k = {}, max_cost_usd, p95_seconds } = figures;
  const answers: GateResult[] = [];
  if (pass_rate !== undefined) {
    answers.push(atLeast('pass_rate', passBounds(rows), pass_rate, name));
  }
  if (score !== undefined) answers.push(atLeast('score', scoreBounds(rows), score, name));
  for (const [k, wanted] of Object.entries(pass_hat_k)) {
    answers.push(holdPassHatK(rows, Number(k), wanted, name));
  }
  if (max_cost_usd !== undefined) {
    answers.push(atMost('cost_usd', costBounds(rows), max_cost_usd, name));
  }
  if (p95_seconds !== undefined) {
    answers.push(atMost('p95_seconds', p95Bounds(rows), p95_seconds, name));
  }
  return answers;
}

interface Bounds {
  least: number;
  most: number;
}

/** Bounds with the trials of which nothing is known. */
interface OpenBounds extends Bounds {
  unknown: number;
  trials: number;
}

function passBounds(rows: readonly GatedRow[]): Bounds {
  const status = rows.map(({ result: { status, gate_status = status } }) => gate_status);
  const passed = status.filter((one) => one === 'pass').length;
  const failed = status.filter((one) => one === 'fail').length;
  return { least: passed / rows.length, most: (rows.length - failed) / rows.length };
}

/** Trials without a score could have had any from 0 to 1. */
function scoreBounds(rows: readonly GatedRow[]): Bounds {
  let [least, most] = [0, 0];
  for (const { score, trials, errored, skipped } of rows.map(({ result }) => result)) {
    const open = score === null ? trials : errored + skipped;
    const known = (score ?? 0) * (trials - open);
    least += known / trials;
    most += (known + open) / trials;
  }
  return { least: least / rows.length, most: most / rows.length };
}

/** The mean of the rows' pass^k, whatever errored and skipped trials had done. */
function holdPassHatK(
  rows: readonly GatedRow[],
  k: number,
  wanted: number,
  name: string,
): GateResult {
  const short = rows.filter((one) => trialsOf(one) < k);
  const [first] = short;
  if (first) {
    const more = short.length > 1 ? `, and ${short.length - 1} more tasks have too few` : '';
    const trials = trialsOf(first);
    const had = `"${first.row.task}" has ${trials} ${trials === 1 ? 'trial' : 'trials'}${more}`;
    return { status: 'error', reasons: [`${name}pass^${k} cannot be told: ${had}`] };
  }
  const mean = (passed: (row: GatedRow) => number) =>
    rows.reduce((sum, one) => sum + passHatK(trialsOf(one), passed(one), k), 0) / rows.length;
  const least = mean(({ row, held }) => held.passed + (row.left_out ?? 0));
  const most = mean((one) => trialsOf(one) - one.held.failed);
  return atLeast(`pass^${k}`, { least, most }, wanted, name);
}

/** All trials of a row, those that passed before and are not run again included. */
function trialsOf({ row: { left_out = 0 }, held }: GatedRow): number {
  return held.passed + held.failed + held.errored + held.skipped + left_out;
}

function costBounds(rows: readonly GatedRow[]): OpenBounds {
  const trials = planned(rows);
  const unknown = trials - rows.reduce((sum, { spent }) => sum + spent.priced, 0);
  const least = rows.reduce((sum, { spent }) => sum + spent.cost_usd, 0);
  return { least, most: unknown > 0 ? Number.POSITIVE_INFINITY : least, unknown, trials };
}

/** The 95th percentile by nearest rank; a trial of unknown time may have taken any. */
function p95Bounds(rows: readonly GatedRow[]): OpenBounds {
  const known = rows.flatMap(({ spent }) => spent.seconds).sort((a, b) => a - b);
  const trials = planned(rows);
  const rank = Math.ceil((95 * trials) / 100);
  const unknown = trials - known.length;
  return {
    least: known[rank - 1 - unknown] ?? 0,
    most: known[rank - 1] ?? Number.POSITIVE_INFINITY,
    unknown,
    trials,
  };
}

function planned(rows: readonly GatedRow[]): number {
  return rows.reduce((sum, { result }) => sum + result.trials, 0);
}

const SLACK = 1e-9;

function atLeast(key: string, bounds: Bounds, wanted: number, name: string): GateResult {
  const reason = `${name}${key} is ${rangeText(bounds)}, wanted at least ${wanted}`;
  if (bounds.least >= wanted - SLACK) return { status: 'pass', reasons: [reason] };
  return { status: bounds.most < wanted - SLACK ? 'fail' : 'error', reasons: [reason] };
}

function atMost(key: string, bounds: OpenBounds, wanted: number, name: string): GateResult {
  const { unknown, trials } = bounds;
  const lack = unknown > 0 ? `, not known of ${unknown} of ${trials} trials` : '';
  const reason = `${name}${key} is ${rangeText(bounds)}${lack}, wanted at most ${wanted}`;
  if (bounds.most <= wanted + SLACK) return { status: 'pass', reasons: [reason] };
  return { status: bounds.least > wanted + SLACK ? 'fail' : 'error', reasons: [reason] };
}

function rangeText({ least, most }: Bounds): string {
  if (most === Number.POSITIVE_INFINITY) return `${shown(least)} or more`;
  return most - least < SLACK ? shown(least) : `between ${shown(least)} and ${shown(most)}`;
}

/** Four places, and small figures by what they begin with. */
function shown(value: number): string {
  return String(Number(Math.abs(value) < 0.01 ? value.toPrecision(3) : value.toFixed(4)));
}
