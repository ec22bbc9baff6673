import type { RowResult, RunSummary } from '../model/run.ts';
import type { SafetySummary } from '../model/safety.ts';
import { leftText } from './attack-matrix.ts';
import { utilityText } from './attack-tables.ts';
import { counted, countText, intervalText, percentage } from './figures.ts';
import { SIGNS } from './ink.ts';
import { markdownTable, markdownText } from './markdown-text.ts';
import { outcomeMatrix } from './outcome-matrix.ts';
import { grouped } from './task-tables.ts';

const MOST_GROUPS = 20;
const MOST_ATTACKS = 20;
const ATTACKS_ACROSS = 6;
/** GitLab takes `!2` for a merge request. */
const CELL_SIGNS = { ...SIGNS, error: '?' };

/** What a run says of attacks: for each suite and agent tasks by attacks, how often each got through, and utility. */
export function safetyBlocks({ rows, safety }: RunSummary): string[] {
  if (!safety) return [];
  const groups = grouped(rows).filter((group) => group.some(({ outcomes }) => outcomes));
  return groups.slice(0, MOST_GROUPS).flatMap((group) => groupBlocks(group, safety));
}

function groupBlocks(group: readonly RowResult[], safety: SafetySummary): string[] {
  const { suite = '', agent = '' } = group[0] ?? {};
  const own = <Item extends { suite: string; agent: string }>(items: readonly Item[]) =>
    items.filter((one) => one.suite === suite && one.agent === agent);
  const attacks = own(safety.attacks).slice(0, MOST_ATTACKS);
  const left = own(safety.attacks).length - attacks.length;
  const rows = [...attacks, ...own(safety.agents)].map((one) => [
    one.attack === undefined ? 'all together' : markdownText(one.attack),
    `${countText(one.delivered)}/${countText(one.trials)}`,
    `${countText(one.succeeded)}/${countText(one.decided)}`,
    percentage(one.attack_success_rate, '–'),
    intervalText(one.interval, '–'),
  ]);
  const heads = ['Attack', 'Delivered', 'Led astray', 'Success rate', '95 % interval'];
  const [utility] = own(safety.utility);
  return [
    `**${markdownText(suite)}** by **${markdownText(agent)}**\n\n${matrixText(group)}`,
    markdownTable(heads, rows) + (left > 0 ? `\n${counted(left, 'more attack')}\n` : ''),
    ...(utility ? [`${utilityText(utility.clean, utility.attacked, '–', '→')}\n`] : []),
  ];
}

function matrixText(group: readonly RowResult[]): string {
  const matrix = outcomeMatrix(group, CELL_SIGNS, ATTACKS_ACROSS);
  const heads = ['Task', 'Alone', ...matrix.attacks.map((attack) => markdownText(attack, 30))];
  const rows = matrix.lines.map(({ task, cells }) => [
    markdownText(task ?? 'no task named'),
    ...cells.map(({ text }) => text),
  ]);
  const notes = [matrix.legend.join(' · '), ...leftText(matrix)];
  return `${markdownTable(heads, rows)}\n${notes.join('\n\n')}\n`;
}
