import { decimalSum } from '../json/decimal-sum.ts';
import type { ComparedTrial } from '../model/compared-trial.ts';
import { mcNemar } from '../stats/exact-tests.ts';
import { counted, countText, moneyText } from './figures.ts';
import { taskText } from './finding-lines.ts';
import type { Ink } from './ink.ts';
import { type Cell, type Column, drawTable } from './table.ts';
import { wrapBehind } from './wrap.ts';

const LONGEST_NAME = 80;
const LONGEST_REASON = 300;
const MOST_REASONS = 50;

/** What one judge says of all trials of two runs. */
export interface ComparedJudge {
  readonly suite: string;
  readonly judge: string;
  readonly base: number;
  readonly head: number;
  readonly tie: number;
  readonly undecided: number;
  /** Two-sided p of the exact sign test on the trials in which one is better. */
  readonly p: number;
}

/** Adds up what each judge says, in the order in which they came. */
export function comparedJudges(trials: readonly ComparedTrial[]): ComparedJudge[] {
  const sums = new Map<string, Omit<ComparedJudge, 'p'>>();
  for (const { suite, judge, better } of trials) {
    const key = JSON.stringify([suite, judge]);
    const known = sums.get(key) ?? { suite, judge, base: 0, head: 0, tie: 0, undecided: 0 };
    const what = better ?? 'undecided';
    sums.set(key, { ...known, [what]: known[what] + 1 });
  }
  return [...sums.values()].map((sum) => ({ ...sum, p: mcNemar(sum.base, sum.head).exact }));
}

/** A table of the trials of two runs with what each judge prefers, why, and what that comes to. */
export async function comparisonLines(
  trials: readonly ComparedTrial[],
  ink: Ink,
): Promise<string[]> {
  const columns: Column[] = [
    { head: 'Task', least: 14, last: 6 },
    { head: 'Judge', least: 8, last: 4 },
    { head: 'Better' },
    { head: 'Said', spare: 1 },
  ];
  return [
    ...(await drawTable(
      columns,
      trials.map((one) => cellsOf(one, ink)),
      ink,
    )),
    '',
    ...reasonLines(trials, ink),
    ...comparedJudges(trials).flatMap((sum) => totalLines(sum, ink)),
    ...costLines(trials),
  ];
}

function cellsOf(one: ComparedTrial, ink: Ink): Cell[] {
  const { better, consistent } = one;
  const said = consistent ? 'in both orders' : 'by order only';
  return [
    { text: nameOf(one, ink) },
    { text: ink.line(one.judge, LONGEST_NAME) },
    better === null ? { text: 'undecided', paint: ink.as.error } : { text: better },
    { text: better === null ? ink.signs.none : said },
  ];
}

function nameOf({ task, attack, trial }: ComparedTrial, ink: Ink): string {
  const under = attack === null ? '' : ` ${ink.signs.dot} attack ${ink.line(attack, LONGEST_NAME)}`;
  return `${taskText(task, ink)}#${trial}${under}`;
}

function reasonLines(trials: readonly ComparedTrial[], ink: Ink): string[] {
  const told = trials.filter(({ reason }) => reason !== '');
  const lines = told.slice(0, MOST_REASONS).flatMap((one) => {
    const text = `${nameOf(one, ink)} (${ink.line(one.judge, LONGEST_NAME)}): ${ink.line(one.reason, LONGEST_REASON)}`;
    const sign = one.better === null ? ink.signs.error : ink.signs.dot;
    return wrapBehind(`${sign} `, text, ink.width);
  });
  const left = told.length - MOST_REASONS;
  if (left > 0)
    lines.push(`${ink.signs.ellipsis} ${counted(left, 'more reason')}: --json has them`);
  return lines.length === 0 ? [] : [...lines, ''];
}

function totalLines(sum: ComparedJudge, ink: Ink): string[] {
  const { suite, judge, base, head, tie, undecided, p } = sum;
  const parts = [
    `base better ${countText(base)}`,
    `head better ${countText(head)}`,
    counted(tie, 'tie'),
    ...(undecided > 0 ? [`${countText(undecided)} undecided`] : []),
    `sign test p ${pText(p)}`,
  ];
  const name = `${ink.line(suite, LONGEST_NAME)} ${ink.signs.dot} ${ink.line(judge, LONGEST_NAME)}`;
  return wrapBehind('', `${name}: ${parts.join(', ')}`, ink.width).map(ink.strong);
}

/** What was asked live, as far as its cost is known. */
function costLines(trials: readonly ComparedTrial[]): string[] {
  const live = trials.flatMap(({ usage }) => usage ?? []);
  if (live.length === 0) return [];
  const tokens = live.reduce((sum, one) => sum + one.input_tokens + one.output_tokens, 0);
  const costs = live.flatMap(({ cost_usd }) => cost_usd ?? []);
  const cost = costs.length === 0 ? [] : [moneyText(decimalSum(costs))];
  return [[...cost, counted(tokens, 'token')].join(', ')];
}

function pText(p: number): string {
  return p < 0.001 ? '< 0.001' : `= ${p.toFixed(3)}`;
}
