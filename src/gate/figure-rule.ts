import type { DiffInterval, DiffSummary } from '../model/diff.ts';
import { tBelow, tQuantile } from '../stats/student-t.ts';
import type { AskedRule, Part } from './asked-rule.ts';
import { levelText, manyOf, pointsText, signed } from './comparison-words.ts';
import type { FigureLimit } from './fail-on.ts';

/** A figure of both runs, for one rule. */
interface Measured {
  readonly name: string;
  readonly base: number | null;
  readonly head: number | null;
  readonly difference: number | null;
  readonly interval: DiffInterval | null;
  readonly ratio: { readonly value: number; readonly interval: DiffInterval | null } | null;
  readonly better: 'higher' | 'lower';
  /** Tasks, or what else the spread was told from. */
  readonly units: number;
  /** Tasks that are compared and lack the figure in one of the runs. */
  readonly without: number;
}

/** How far head lies to the worse, on a scale on which the limit is a number. */
interface Worse {
  readonly by: number;
  /** Bounds to the better and to the worse; null where spread cannot be measured. */
  readonly bounds: { readonly least: number; readonly most: number; readonly level: number } | null;
  readonly limit: number;
}

/** Limits such as 10 % are not exact in binary. */
const SLACK = 1e-12;

/** A rule such as `cost:+10%`: fails where the interval lies wholly beyond the limit, passes where it lies wholly within. */
export function figureRule(summary: DiffSummary, limit: FigureLimit): AskedRule {
  const measured = measuredOf(summary, limit);
  const known = measured.map((one) => ({ one, worse: worseOf(one, limit) }));
  return {
    rule: limit.text,
    ps: known.map(({ one, worse }) => (worse ? beyondP(worse, one.units) : null)),
    answer: (corrected, level) => {
      if (known.length > 0) {
        return known.map(({ one, worse }, at) =>
          partOf(one, worse, limit, (corrected[at] ?? 1) <= level),
        );
      }
      return [lacking(`${limit.figure}: neither run tells it`)];
    },
  };
}

function measuredOf(summary: DiffSummary, { figure, key }: FigureLimit): Measured[] {
  if (figure === 'attack_success') return attacksOf(summary);
  const found = summary.figures.filter((one) => one.key === key);
  const [last] = [...found].sort((a, b) => (b.k ?? 0) - (a.k ?? 0));
  if (!last) return [];
  const name = last.k === undefined ? figure : `pass^${last.k}`;
  const without = Math.max(0, summary.counts.compared - last.tasks);
  return [{ ...last, name, units: last.tasks, without }];
}

/** Of each group the success of all its attacks together. */
function attacksOf({ attacks }: DiffSummary): Measured[] {
  const whole = attacks.filter(({ attack }) => attack === null);
  return whole.map(({ suite, agent, base, head, difference, interval }) => ({
    name: whole.length > 1 ? `${suite} (${agent.head}): attack_success` : 'attack_success',
    base: base.rate,
    head: head.rate,
    ...{ difference, interval, ratio: null, better: 'lower', without: 0 },
    units: Math.min(base.of, head.of),
  }));
}

/** A share is held by the ratio where there is one, else as that share of base. */
function worseOf(one: Measured, { most, isShare }: FigureLimit): Worse | null {
  const { base, head, difference, ratio, better } = one;
  if (base === null || head === null || difference === null) return null;
  const sign = better === 'lower' ? 1 : -1;
  const scaled = isShare && ratio !== null && ratio.value > 0;
  const on = scaled ? Math.log : (value: number) => value;
  const interval = scaled ? ratio.interval : one.interval;
  const ends = interval ? [sign * on(interval.lower), sign * on(interval.upper)] : null;
  const limit = scaled ? sign * Math.log(Math.max(0, 1 + sign * most)) : most;
  return {
    by: sign * on(scaled ? ratio.value : difference),
    bounds:
      interval && ends
        ? { least: Math.min(...ends), most: Math.max(...ends), level: interval.level }
        : null,
    limit: isShare && !scaled ? most * Math.abs(base) : limit,
  };
}

/** One-sided p against the figure lying within its limit, from the bound that faces it (Student's t); null where spread cannot be measured. */
function beyondP({ by, bounds, limit }: Worse, units: number): number | null {
  if (bounds === null) return null;
  const df = Math.max(1, units - 1);
  const error = (by - bounds.least) / tQuantile((1 + bounds.level) / 2, df);
  const apart = by - limit;
  if (!(error > 0)) return apart > 0 ? 0 : 1;
  return apart > 0 ? 1 - tBelow(apart / error, df) : 1;
}

function partOf(one: Measured, worse: Worse | null, limit: FigureLimit, isShown: boolean): Part {
  if (worse === null) {
    const where = one.base === null ? 'the baseline does not tell it' : 'this run does not tell it';
    return lacking(`${one.name}: ${where}`);
  }
  const words = `${one.name} ${movedWords(one, limit)}`;
  const { by, bounds, limit: at } = worse;
  const beyond = (value: number) => value > at + SLACK;
  if (bounds === null ? beyond(by) : isShown && beyond(bounds.least)) {
    return { status: 'fail', gravity: 'regression', reason: `${words}: beyond the limit` };
  }
  if (one.without > 0) {
    const reason = `${words}: ${manyOf(one.without, 'compared task')} lack it in one of the runs`;
    return { status: 'inconclusive', gravity: 'inconclusive', reason };
  }
  if (bounds !== null && !beyond(bounds.most)) {
    return { status: 'pass', gravity: 'pass', reason: `${words}: within the limit` };
  }
  const why = bounds
    ? 'neither within the limit nor beyond it for sure'
    : 'within the limit, but how much of that is chance cannot be told';
  return { status: 'inconclusive', gravity: 'inconclusive', reason: `${words}: ${why}` };
}

function lacking(reason: string): Part {
  return { status: 'error', gravity: 'error', reason };
}

/** `went from 0.02 to 0.03, +50% (95% interval +20% to +80%), the limit is +10%`. */
function movedWords({ base, head, difference, ratio, interval }: Measured, limit: FigureLimit) {
  const byRatio = limit.isShare && ratio !== null && ratio.value > 0;
  const shown = (value: number, round = Math.round) =>
    byRatio ? `${pointsText(value - 1, round)}%` : signed(Number(value.toPrecision(4)));
  const bounds = byRatio ? ratio.interval : interval;
  const within = bounds
    ? ` (${levelText(bounds.level)} interval ${shown(bounds.lower, Math.floor)} to ${shown(bounds.upper, Math.ceil)})`
    : '';
  const by = shown(byRatio ? ratio.value : (difference ?? 0));
  const [, written = ''] = limit.text.split(':');
  return `went from ${numberText(base ?? 0)} to ${numberText(head ?? 0)}, ${by}${within}, the limit is ${written}`;
}

function numberText(value: number): string {
  return String(Number(value.toPrecision(4)));
}
