import type {
  AttackChange,
  DiffInterval,
  DiffSummary,
  FigureChange,
  GroupChange,
  JudgeChange,
} from '../../model/diff.ts';
import { rounded } from '../../stats/rounded.ts';
import { countText, durationText, moneyText } from '../figures.ts';

/** One figure of both runs, ready to be shown; safe where `say` makes names safe. */
export interface ComparedRow {
  /** Whether the interval of the difference leaves only this open; null where it leaves both. */
  readonly verdict: 'better' | 'worse' | null;
  readonly name: string;
  readonly base: string;
  readonly head: string;
  readonly difference: string;
  readonly interval: string;
  /** Head beside base, as `+20% (+12% to +29%)`; empty where that says nothing. */
  readonly ratio: string;
  /** Two-sided, empty without a test. */
  readonly p: string;
}

/** Makes a name from outside safe for where it is shown. */
export type Say = (name: string) => string;

type Format = (value: number, signed: boolean, round?: (value: number) => number) => string;

const FIGURES = {
  pass_rate: { name: 'pass rate', format: points },
  score: { name: 'score', format: score },
  pass_hat_k: { name: 'pass^k', format: points },
  cost_usd: { name: 'cost of a trial', format: money },
  tokens: { name: 'tokens of a trial', format: decimals(0) },
  steps: { name: 'calls of a trial', format: decimals(1) },
  seconds: { name: 'time of a trial', format: time },
  p95_seconds: { name: 'time, 95th percentile', format: time },
} satisfies Record<FigureChange['key'], { name: string; format: Format }>;

/** Rows of the figures that a run tells over all tasks that are compared, and of each group where there are several. */
export function figureRows({ figures, groups }: DiffSummary, say: Say): ComparedRow[] {
  return [
    ...figures
      .filter(({ base, head }) => base !== null || head !== null)
      .map((figure) => figureRow(figure)),
    ...(groups.length > 1 ? groups : []).map((group) =>
      figureRow(group.pass_rate, `pass rate: ${groupName(group, say)}`),
    ),
  ];
}

/** Rows of what LLM judges say. */
export function judgeRows({ judges, groups }: DiffSummary, say: Say): ComparedRow[] {
  return judges.map((one) => {
    const { worse, better } = one.flipped;
    const flips = worse + better > 0 ? ` (turned on ${worse + better})` : '';
    return rateRow(one, 'higher', placed(say(one.judge), one, groups, say) + flips);
  });
}

/** Rows of how often attacks succeeded. */
export function attackRows({ attacks, groups }: DiffSummary, say: Say): ComparedRow[] {
  return attacks.map((one) => {
    const name = one.attack === null ? 'all attacks' : say(one.attack);
    return rateRow(one, 'lower', placed(name, one, groups, say));
  });
}

/** A suite with its agent, or with both where they have other names. */
export function groupName(
  { suite, agent }: Pick<GroupChange, 'suite' | 'agent'>,
  say: Say,
): string {
  const { base, head } = agent;
  return `${say(suite)} by ${base === head ? say(base) : `${say(base)} and ${say(head)}`}`;
}

/** A difference of rates in points of a hundred: `18 points`, `-3 points`. */
export function pointsText(difference: number): string {
  return `${trimmed(difference * 100, 1)} ${Math.abs(difference) === 0.01 ? 'point' : 'points'}`;
}

/** A probability: `0.029`, `<0.001`. */
export function pText(p: number): string {
  return p < 0.001 ? '<0.001' : p.toFixed(3);
}

function figureName({ key, k }: FigureChange): string {
  const { name } = FIGURES[key];
  return key === 'pass_hat_k' && k !== undefined ? `pass^${k}` : name;
}

/** The row of one figure. */
export function figureRow(figure: FigureChange, name: string = figureName(figure)): ComparedRow {
  const { base, head, difference, interval, ratio, better, p } = figure;
  const { format } = FIGURES[figure.key];
  const value = (number: number | null) => (number === null ? '' : format(number, false));
  return {
    verdict: verdictOf(interval, better),
    name,
    base: value(base),
    head: value(head),
    difference: difference === null ? '' : format(difference, true),
    interval: boundsText(interval, format),
    ratio: ratioText(ratio),
    p: p === null ? '' : pText(p),
  };
}

/** The row of one rate. */
export function rateRow(
  one: JudgeChange | AttackChange,
  better: 'higher' | 'lower',
  name: string,
): ComparedRow {
  const { base, head, difference, interval } = one;
  const side = ({ happened, of, rate }: typeof base) =>
    `${countText(happened)}/${countText(of)}${rate === null ? '' : ` ${points(rate, false)}`}`;
  return {
    verdict: verdictOf(interval, better),
    name,
    base: side(base),
    head: side(head),
    difference: difference === null ? '' : points(difference, true),
    interval: boundsText(interval, points),
    ratio: '',
    p: '',
  };
}

/** A name, with the suite and agent that it belongs to where there are several. */
function placed(
  name: string,
  one: Pick<GroupChange, 'suite' | 'agent'>,
  groups: readonly GroupChange[],
  say: Say,
): string {
  return groups.length > 1 ? `${name}: ${groupName(one, say)}` : name;
}

function verdictOf(
  interval: DiffInterval | null,
  better: 'higher' | 'lower',
): ComparedRow['verdict'] {
  if (interval === null) return null;
  const up = interval.lower > 0;
  if (!up && interval.upper >= 0) return null;
  return up === (better === 'higher') ? 'better' : 'worse';
}

/** Bounds, rounded outwards. */
function boundsText(interval: DiffInterval | null, format: Format): string {
  if (interval === null) return '';
  return `${format(interval.lower, true, Math.floor)} to ${format(interval.upper, true, Math.ceil)}`;
}

/** Per cent beyond which a change says only that nothing is known. */
const MOST_CHANGE = 1000;

function ratioText(ratio: FigureChange['ratio']): string {
  if (ratio === null) return '';
  const percent: Format = (value, _, round = Math.round) => {
    const change = rounded((value - 1) * 100, 1, round);
    return change > MOST_CHANGE ? `>+${MOST_CHANGE}%` : `${plus(change)}${trimmed(change, 1)}%`;
  };
  const { value, interval } = ratio;
  const bounds = interval && boundsText(interval, percent);
  return bounds === null ? percent(value, true) : `${percent(value, true)} (${bounds})`;
}

function points(
  value: number,
  signed: boolean,
  round: (value: number) => number = Math.round,
): string {
  const shown = rounded(value * 100, 1, signed ? round : Math.floor);
  return `${signed ? plus(shown) : ''}${trimmed(shown, 1)}${signed ? ' pt' : '%'}`;
}

function decimals(digits: number): Format {
  return (value, signed, round = Math.round) => {
    const shown = rounded(value, digits, round);
    const text = digits === 0 ? countText(Math.abs(shown)) : Math.abs(shown).toFixed(digits);
    return `${shown < 0 ? '-' : signed ? plus(shown) : ''}${text}`;
  };
}

/** A score itself is rounded down, so that only the full one is `1.00`. */
function score(
  value: number,
  signed: boolean,
  round: (value: number) => number = signed ? Math.round : Math.floor,
): string {
  return decimals(2)(value, signed, round);
}

function money(
  value: number,
  signed: boolean,
  round: (value: number) => number = Math.round,
): string {
  if (!signed) return moneyText(value);
  const shown = rounded(value, Math.abs(value) >= 1 ? 2 : 4, round);
  // What is less than can be shown is not nothing
  return `${value < 0 ? '-' : plus(value)}${moneyText(Math.abs(shown === 0 ? value : shown))}`;
}

function time(
  value: number,
  signed: boolean,
  round: (value: number) => number = Math.round,
): string {
  const size = Math.abs(value);
  const shown = rounded(value, size >= 60 ? 0 : size >= 1 ? 1 : 3, round);
  return `${shown < 0 ? '-' : signed ? plus(shown) : ''}${durationText(Math.abs(shown) * 1000)}`;
}

function plus(value: number): string {
  return value > 0 ? '+' : '';
}

/** A number with at most so many decimals, none that say nothing; never −0. */
function trimmed(value: number, digits: number): string {
  return String(Number(value.toFixed(digits)) + 0);
}
