import type { HeldDiff } from '../../diff/held-diff.ts';
import { levelText } from '../../gate/comparison-words.ts';
import type { TaskChange } from '../../model/task-change.ts';
import { counted, countText } from '../figures.ts';
import { SIGNS } from '../ink.ts';
import { markdownTable, markdownText } from '../markdown-text.ts';
import { changedTasks, GROUP_WORDS, type TaskGroup, type TaskList } from './changed-tasks.ts';
import { type ComparedRow, figureRows } from './compared-rows.ts';
import {
  COMPARISON_GATE,
  coverageTexts,
  detectableTexts,
  passText,
  sideText,
  taskName,
} from './compared-words.ts';

const LONGEST_REASON = 600;
const LONGEST_SENTENCE = 300;
const MOST_REASONS = 10;
const MOST_ROWS = 30;
const MOST_TASKS = 10;
/** Tasks of a block. */
const CHUNK = 5;

/** Markdown of a comparison in short, for the report of a run: the gate's answer, both runs, figures, and the tasks to look at. The reasons stand with the gate of the run. */
export function comparisonBlocks(reported: HeldDiff): string[] {
  const { groups } = changedTasks(reported, MOST_TASKS, 0);
  const { summary } = reported.diff;
  const several = summary.groups.length > 1;
  return [
    `**${gateText(reported)}**\n`,
    sidesBlock(reported),
    ...coverageBlocks(reported),
    ...rowsBlocks(figureRows(summary, say), summary.level),
    ...taskBlocks(groups, ['regressed', 'missing', 'undecided', 'flaky'], several),
    ...detectableBlocks(reported),
  ];
}

/** A name from outside as a text of Markdown. */
export function say(text: string): string {
  return markdownText(text);
}

/** The gate's answer with its sign. */
export function gateText({ gate }: HeldDiff): string {
  const { words, as } = COMPARISON_GATE[gate.status];
  return `${SIGNS[as]} ${words}`;
}

/** Why the gate says so, as a list. */
export function reasonBlocks({ gate }: HeldDiff): string[] {
  const reasons = gate.reasons.slice(0, MOST_REASONS);
  const left = gate.reasons.length - reasons.length;
  return listOf([
    ...reasons.map((reason) => markdownText(reason, LONGEST_REASON)),
    ...(left > 0 ? [counted(left, 'more reason')] : []),
  ]);
}

/** Both runs, one a line. */
export function sidesBlock({ diff }: HeldDiff): string {
  const { base, head } = diff.summary;
  return `- base ${sideText(base, say, SIGNS.dot)}\n- head ${sideText(head, say, SIGNS.dot)}\n`;
}

/** What was compared and what was not. */
export function coverageBlocks({ diff }: HeldDiff): string[] {
  return listOf(coverageTexts(diff.summary, say));
}

/** How small a difference shows. */
export function detectableBlocks({ diff, gate }: HeldDiff): string[] {
  return listOf(detectableTexts(diff.summary, gate, say));
}

/** Figures of both runs, whose intervals are of that level, as a table; no block without rows. */
export function rowsBlocks(rows: readonly ComparedRow[], level: number): string[] {
  if (rows.length === 0) return [];
  const heads = [
    '',
    '',
    'Base',
    'Head',
    'Difference',
    `${levelText(level)} interval`,
    'Change',
    'p',
  ];
  const shown = rows.slice(0, MOST_ROWS).map((row) => {
    const { verdict, name, base, head, difference, interval, ratio, p } = row;
    const sign = verdict === null ? '' : verdict === 'better' ? SIGNS.pass : SIGNS.fail;
    const cells = [base, head, difference, interval, ratio, p].map(
      (text) => escaped(text) || SIGNS.none,
    );
    return [sign, name, ...cells];
  });
  const left = rows.length - shown.length;
  const more = left > 0 ? [`${counted(left, 'more line')}: the json report has them\n`] : [];
  return [markdownTable(heads, shown), ...more];
}

/** The tasks of some groups, a list each. */
export function taskBlocks(
  groups: ReadonlyMap<TaskGroup, TaskList>,
  which: readonly TaskGroup[],
  several: boolean,
): string[] {
  return which.flatMap((group) => {
    const list = groups.get(group);
    if (!list) return [];
    const { shown, left } = list;
    const items = shown.map((task) => `- ${taskText(task, several)}\n`);
    if (left > 0) items.push(`- ${counted(left, 'more task')}: the json report lists them\n`);
    const title = `**${GROUP_WORDS[group]} (${countText(shown.length + left)})**\n`;
    return [title, ...inChunks(items)];
  });
}

/** Items in blocks of some, so that what does not fit is shed by and by. */
function inChunks(items: readonly string[]): string[] {
  const chunks: string[] = [];
  for (let at = 0; at < items.length; at += CHUNK) {
    chunks.push(items.slice(at, at + CHUNK).join(''));
  }
  return chunks;
}

function taskText(task: TaskChange, several: boolean): string {
  const { at, skip, quarantine, edited } = task;
  const failed = task.verdicts
    .filter(({ base, head }) => (head?.failed ?? 0) > (base?.failed ?? 0))
    .slice(0, 3)
    .map(({ path }) => say(path));
  return [
    `**${taskName(task, say, several)}** ${escaped(passText(task, SIGNS.answer, SIGNS.none))}`,
    ...failed,
    ...(edited === null ? ['may be edited'] : []),
    ...(quarantine ? [`until ${say(quarantine.until)} by ${say(quarantine.owner)}`] : []),
    ...(skip === undefined ? [] : [markdownText(skip, LONGEST_SENTENCE)]),
    ...(at ? [`${markdownText(at.file, 120)} line ${at.line}`] : []),
  ].join(` ${SIGNS.dot} `);
}

function listOf(texts: readonly string[]): string[] {
  return texts.length === 0 ? [] : [texts.map((text) => `- ${text}\n`).join('')];
}

/** Our own figures with signs that Markdown reads as marks. */
function escaped(text: string): string {
  return text.replaceAll('<', '&lt;').replaceAll('$', '&#36;');
}
