import type { DiffInterval, DiffSummary, GroupChange } from '../model/diff.ts';
import { rounded } from '../stats/rounded.ts';

type RowNamed = DiffSummary['missing'][number];

const NAMED = 3;

/** A number of things: `1 task`, `1,200 tasks`. */
export function manyOf(count: number, one: string): string {
  return `${String(count).replace(/\B(?=(\d{3})+$)/g, ',')} ${one}${count === 1 ? '' : 's'}`;
}

/** A share as a percentage with at most one decimal, rounded down so that only all is `100%`. */
export function shareText(share: number): string {
  return `${rounded(share * 100, 1, Math.floor)}%`;
}

/** A difference of shares in points, with its sign. */
export function pointsText(difference: number, round = Math.round): string {
  return signed(rounded(difference * 100, 1, round));
}

/** A number with its sign; 0 has none. */
export function signed(value: number): string {
  return value > 0 ? `+${value}` : String(value);
}

/** A difference of shares with its interval, rounded outwards. */
export function intervalWords(difference: number, interval: DiffInterval): string {
  const { lower, upper, level } = interval;
  const bounds = `${pointsText(lower, Math.floor)} to ${pointsText(upper, Math.ceil)}`;
  return `${pointsText(difference)} points (${levelText(level)} interval ${bounds})`;
}

/** The level of an interval: `95%`, `99.99%`; never all of it. */
export function levelText(level: number): string {
  const decimals = level < 0.9999 ? 2 : 5;
  return `${String(Math.min(99.99999, Number((level * 100).toFixed(decimals))))}%`;
}

/** A p-value as people read it. */
export function pText(p: number | null): string {
  if (p === null) return '';
  return p < 0.001 ? 'p < 0.001' : `p ${String(Number(p.toPrecision(2)))}`;
}

/** Names of the first rows behind a colon, and how many more there are. */
export function rowsText(rows: readonly RowNamed[], all: number): string {
  if (rows.length === 0) return '';
  const shown = rows.slice(0, NAMED).map(rowText);
  const more = all > shown.length ? ` and ${all - shown.length} more` : '';
  return `: ${shown.join(', ')}${more}`;
}

/** The name of a row. */
export function rowText({ suite, task, attack, agent }: RowNamed): string {
  return `${suite}/${task ?? '(no task)'}${attack === null ? '' : ` under ${attack}`} (${agent})`;
}

/** What would make the margin visible, as the end of a sentence; empty where nothing can be said. */
export function helpWords({ would_help: { more, tasks, trials } }: GroupChange): string {
  const byTasks = tasks === null ? 'more tasks' : `${manyOf(tasks, 'task')} with as many trials`;
  const byTrials =
    trials === null ? 'more trials of each task' : `${manyOf(trials, 'trial')} of each task`;
  const ways = { tasks: [byTasks], trials: [byTrials], either: [byTasks, byTrials], nothing: [] };
  const words = ways[more].join(', or ');
  return words === '' ? '' : `; ${words} would tell`;
}
