import type { HeldDiff } from '../../diff/held-diff.ts';
import type { TaskChange } from '../../model/task-change.ts';
import { createInk, type Ink } from '../ink.ts';
import { joinLines } from '../join-lines.ts';
import type { Look } from '../reporter.ts';
import { wrapBehind } from '../wrap.ts';
import { alignedLines, type TrialPair } from './aligned-lines.ts';
import { changedTaskLines } from './changed-task-lines.ts';
import { changedTasks } from './changed-tasks.ts';
import { comparedLines } from './compared-lines.ts';
import { attackRows, type ComparedRow, figureRows, judgeRows, type Say } from './compared-rows.ts';
import {
  coverageTexts,
  detectableTexts,
  showCommand,
  sideText,
  taskName,
} from './compared-words.ts';
import { comparisonGateLines } from './comparison-gate-lines.ts';
import type { DiffReporter } from './diff-reporter.ts';

const MOST_TASKS = 20;
const MOST_ALIGNED = 3;
const MOST_WARNINGS = 20;
const LONGEST_NAME = 80;
const LONGEST_NOTE = 600;

/** For a person at a terminal: what the gate says, what was compared, figures, tasks that changed, and where the gravest part. */
export const terminal: DiffReporter = {
  key: 'terminal',
  words: 'What changed between two runs, for people',
  report,
};

async function* report(reported: HeldDiff, look: Look): AsyncIterable<string> {
  const ink = await createInk(look);
  const say: Say = (text) => ink.line(text, LONGEST_NAME);
  const { diff, gate } = reported;
  const { summary } = diff;
  yield joinLines([
    ...comparisonGateLines(gate, ink),
    '',
    ...comparedTexts(reported, ink, say),
    '',
  ]);
  const tableOf = (title: string, rows: readonly ComparedRow[]) =>
    comparedLines(title, rows, summary.level, ink);
  yield joinLines(await tableOf('Figures', figureRows(summary, say)));
  const detectable = detectableTexts(summary, gate, say);
  if (detectable.length > 0) yield joinLines([...notes(detectable, ink.signs.dot, ink), '']);
  const { groups, toAlign } = changedTasks(reported, MOST_TASKS, MOST_ALIGNED);
  const several = summary.groups.length > 1;
  for (const lines of changedTaskLines(groups, ink, several)) yield joinLines(lines);
  yield joinLines(await tableOf('Judges: how often each passed a trial', judgeRows(summary, say)));
  yield joinLines(await tableOf('Attacks: how often each got through', attackRows(summary, say)));
  for (const task of toAlign) {
    const pair = await diff.pair(task);
    yield joinLines([
      ...wrapBehind('', `Steps of ${taskName(task, say, several)}`, ink.width).map(ink.strong),
      ...alignedLines(pair, ink),
      ...closerLines(task, pair, reported, ink),
      '',
    ]);
  }
  yield joinLines(comparisonGateLines(gate, ink));
}

/** Both sides, and all that is not compared. */
function comparedTexts({ diff }: HeldDiff, ink: Ink, say: Say): string[] {
  const { summary } = diff;
  const { dot, error } = ink.signs;
  const warnings = summary.warnings
    .slice(0, MOST_WARNINGS)
    .map((warning) => ink.line(warning, LONGEST_NOTE));
  const left = summary.warnings.length - warnings.length;
  if (left > 0) warnings.push(`${left} more warnings: the json report has them`);
  const [first = '', ...rest] = coverageTexts(summary, say);
  return [
    ...wrapBehind('Base  ', sideText(summary.base, say, dot), ink.width),
    ...wrapBehind('Head  ', sideText(summary.head, say, dot), ink.width),
    ...wrapBehind('', first, ink.width),
    ...notes([...rest, ...warnings], error, ink).map(ink.as.error),
  ];
}

function notes(texts: readonly string[], sign: string, ink: Ink): string[] {
  return texts.flatMap((text) => wrapBehind(`${sign} `, text, ink.width));
}

/** The commands that show either trial in full, of runs that are stored. */
function closerLines(task: TaskChange, pair: TrialPair, { diff }: HeldDiff, ink: Ink): string[] {
  return (['base', 'head'] as const).flatMap((side) => {
    const id = pair[side]?.result.id ?? task.trials[side] ?? '';
    const command = showCommand(diff.summary[side], id, ink.line);
    return command === null
      ? []
      : wrapBehind('  ', `${side}: ${command}`, ink.width).map(ink.faint);
  });
}
