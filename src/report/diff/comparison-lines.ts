import type { HeldDiff } from '../../diff/held-diff.ts';
import { counted, countText } from '../figures.ts';
import type { Ink } from '../ink.ts';
import { wrapBehind } from '../wrap.ts';
import { changedTasks } from './changed-tasks.ts';
import { comparedText } from './compared-lines.ts';
import { figureRows, type Say } from './compared-rows.ts';
import {
  COMPARISON_GATE,
  coverageTexts,
  diffCommand,
  passText,
  sideText,
  taskName,
} from './compared-words.ts';

const LONGEST_NAME = 80;
const MOST_TASKS = 5;
const FIGURES: ReadonlySet<string> = new Set(['pass_rate', 'score', 'cost_usd']);

/** A comparison in short, for the report of the run that was compared: what it says, its main figures, and the tasks that got worse. The reasons stand with the gate of the run. */
export function comparisonLinesOf(reported: HeldDiff, ink: Ink): string[] {
  const { summary } = reported.diff;
  const { words, as } = COMPARISON_GATE[reported.gate.status];
  const say: Say = (text) => ink.line(text, LONGEST_NAME);
  const base = sideText(summary.base, say, ink.signs.dot);
  const main = summary.figures.filter(({ key }) => FIGURES.has(key));
  const closer = closerText(reported, say);
  return [
    ...wrapBehind(`${ink.signs[as]} `, `${words} against ${base}`, ink.width).map(ink.as[as]),
    ...wrapBehind('  ', coverageTexts(summary, say).join('; '), ink.width),
    ...figureRows({ ...summary, figures: main }, say).flatMap((row) => comparedText(row, ink)),
    ...worseLines(reported, ink, say),
    ...(closer === '' ? [] : wrapBehind('  ', closer, ink.width).map(ink.faint)),
  ];
}

function worseLines(reported: HeldDiff, ink: Ink, say: Say): string[] {
  const { groups } = changedTasks(reported, MOST_TASKS, 0);
  const several = reported.diff.summary.groups.length > 1;
  const { shown = [], left = 0 } = groups.get('regressed') ?? {};
  const lines = shown.flatMap((task) => {
    const { answer, none, fail } = ink.signs;
    const text = `${taskName(task, say, several)} regressed, ${passText(task, answer, none)}`;
    return wrapBehind(`${fail} `, text, ink.width).map(ink.as.fail);
  });
  const more = `${ink.signs.ellipsis} ${counted(left, 'more task')} regressed`;
  return [...lines, ...(left > 0 ? wrapBehind('', more, ink.width) : [])];
}

function closerText({ diff }: HeldDiff, say: Say): string {
  const { counts } = diff.summary;
  const told = (['fixed', 'flaky'] as const).flatMap((key) =>
    counts[key] > 0 ? [`${countText(counts[key])} ${key}`] : [],
  );
  const command = diffCommand(diff.summary, say);
  return [...told, ...(command === null ? [] : [`all of it: ${command}`])].join(', ');
}
