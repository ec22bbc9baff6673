import type { HeldDiff } from '../../diff/held-diff.ts';
import type { TaskChange } from '../../model/task-change.ts';
import { createInk } from '../ink.ts';
import { fitSections, type Section } from '../markdown-budget.ts';
import { markdownBlock, markdownText } from '../markdown-text.ts';
import { alignedLines } from './aligned-lines.ts';
import { changedTasks } from './changed-tasks.ts';
import { attackRows, figureRows, judgeRows } from './compared-rows.ts';
import { diffCommand, taskName } from './compared-words.ts';
import {
  coverageBlocks,
  detectableBlocks,
  gateText,
  reasonBlocks,
  rowsBlocks,
  say,
  sidesBlock,
  taskBlocks,
} from './comparison-blocks.ts';
import type { DiffReporter } from './diff-reporter.ts';

const MOST_TASKS = 20;
const MOST_ALIGNED = 3;
const MOST_WARNINGS = 20;
const LONGEST_WARNING = 600;
/** Columns of aligned steps, which stand one under the other. */
const WIDTH = 96;

/** For comments on changes: one screen with the gate, figures and the tasks to look at, the rest folded, in as much Markdown as a forge takes. */
export const markdown: DiffReporter = {
  key: 'markdown',
  words: 'Markdown, for comments on changes',
  report,
};

async function* report(reported: HeldDiff): AsyncIterable<string> {
  const { summary } = reported.diff;
  const { level } = summary;
  const { groups, toAlign } = changedTasks(reported, MOST_TASKS, MOST_ALIGNED);
  const several = summary.groups.length > 1;
  const sections: Section[] = [
    { heading: `## ${gateText(reported)}`, blocks: reasonBlocks(reported), priority: 0 },
    { heading: '', blocks: [sidesBlock(reported), ...coverageBlocks(reported)], priority: 1 },
    { heading: '', blocks: rowsBlocks(figureRows(summary, say), level), priority: 2 },
    {
      heading: '',
      blocks: taskBlocks(groups, ['regressed', 'missing', 'undecided'], several),
      priority: 3,
    },
    { heading: '', blocks: detectableBlocks(reported), priority: 5 },
    { heading: '### Attacks', blocks: rowsBlocks(attackRows(summary, say), level), priority: 4 },
    { heading: '### Judges', blocks: rowsBlocks(judgeRows(summary, say), level), priority: 6 },
    { heading: '', blocks: await stepBlocks(reported, toAlign, several), priority: 7 },
    {
      heading: '',
      blocks: folded(
        'Other tasks',
        taskBlocks(groups, ['flaky', 'edited', 'quarantined', 'skipped', 'fixed', 'new'], several),
      ),
      priority: 8,
    },
    { heading: '', blocks: folded('Warnings', warningBlocks(summary.warnings)), priority: 9 },
  ];
  const command = diffCommand(summary, say);
  yield fitSections(
    sections,
    `${command === null ? '' : `${command} and `}the json report have all of it`,
  );
}

/** The steps of the gravest tasks, a fold each; what agents wrote stands in fences alone. */
async function stepBlocks(
  { diff }: HeldDiff,
  tasks: readonly TaskChange[],
  several: boolean,
): Promise<string[]> {
  const ink = await createInk({ colour: false, width: WIDTH, ascii: false });
  const blocks: string[] = [];
  for (const task of tasks) {
    const lines = alignedLines(await diff.pair(task), ink);
    blocks.push(...folded(`Steps of ${taskName(task, say, several)}`, [markdownBlock(lines)]));
  }
  return blocks;
}

function warningBlocks(warnings: readonly string[]): string[] {
  const shown = warnings.slice(0, MOST_WARNINGS);
  const left = warnings.length - shown.length;
  const lines = shown.map((warning) => `- ${markdownText(warning, LONGEST_WARNING)}\n`);
  return lines.length === 0 ? [] : [lines.join('') + (left > 0 ? `- ${left} more\n` : '')];
}

/** Blocks that a forge folds away, as one so that the fold is never shed by half; nothing in them can close it. */
function folded(title: string, blocks: readonly string[]): string[] {
  if (blocks.length === 0) return [];
  return [`<details>\n<summary>${title}</summary>\n\n${blocks.join('\n')}\n</details>\n`];
}
