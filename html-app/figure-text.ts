import type { FigureChange } from '../src/model/diff.ts';
import {
  countText,
  durationText,
  moneyText,
  percentage,
  scoreText,
} from '../src/report/figures.ts';

const NAMES = {
  pass_rate: 'Pass rate',
  score: 'Score',
  pass_hat_k: 'pass^k',
  cost_usd: 'Cost of a trial',
  tokens: 'Tokens of a trial',
  steps: 'Tool calls of a trial',
  seconds: 'Time of a trial',
  p95_seconds: '95th percentile of time',
} satisfies Record<FigureChange['key'], string>;

/** Name of a figure. */
export function figureName({ key, k }: FigureChange): string {
  return key === 'pass_hat_k' && k !== undefined ? `pass^${k}` : NAMES[key];
}

/** A value of a figure in its unit. */
export function figureText({ key }: Pick<FigureChange, 'key'>, value: number | null): string {
  if (value === null) return '–';
  if (key === 'pass_rate' || key === 'pass_hat_k') return percentage(value, '–');
  if (key === 'score') return scoreText(value, '–');
  if (key === 'cost_usd') return moneyText(value);
  if (key === 'seconds' || key === 'p95_seconds') return durationText(value * 1000);
  return key === 'tokens' ? countText(value) : value.toFixed(1);
}

/** A difference of a figure with its sign, rates in percentage points. */
export function differenceText(figure: Pick<FigureChange, 'key'>, value: number | null): string {
  if (value === null) return '–';
  const sign = value > 0 ? '+' : value < 0 ? '−' : '±';
  const size = Math.abs(value);
  if (figure.key === 'pass_rate' || figure.key === 'pass_hat_k') {
    return `${sign}${(size * 100).toFixed(1)} points`;
  }
  if (figure.key === 'score') return sign + size.toFixed(3);
  return sign + figureText(figure, size);
}

/** What an interval of differences says: whether it lies on one side of none. */
export function leaning({ better, interval }: FigureChange): 'better' | 'worse' | 'open' {
  if (!interval || (interval.lower <= 0 && interval.upper >= 0)) return 'open';
  return interval.lower > 0 === (better === 'higher') ? 'better' : 'worse';
}
