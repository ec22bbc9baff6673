import type { RowResult, RunSummary } from '../model/run.ts';
import { counted, countText, percentage } from './figures.ts';
import { SIGNS } from './ink.ts';
import type { Section } from './markdown-budget.ts';
import { markdownTable, markdownText } from './markdown-text.ts';
import { isFlaky } from './row-story.ts';

const MOST_ROWS = 30;
const LONGEST_REASON = 300;

/** Tasks in quarantine, each with its owner and the last day. */
export function quarantineSection({ rows }: RunSummary, priority: number): Section {
  const found = rows.filter(({ quarantine }) => quarantine !== undefined);
  const heads = ['', 'Task', 'Passed', 'Until', 'Owner', 'Reason'];
  const cells = found.slice(0, MOST_ROWS).map((row) => {
    const { until = '', owner = '', reason = '' } = row.quarantine ?? {};
    return [
      SIGNS[row.status],
      ...[nameOf(row), passedText(row), markdownText(until), markdownText(owner)],
      reason === '' ? '' : markdownText(reason, LONGEST_REASON),
    ];
  });
  return tableSection('In quarantine', found.length, heads, cells, priority);
}

/** Tasks of which some trials passed and others failed, those that passed least first. */
export function flakySection({ rows }: RunSummary, priority: number): Section {
  const found = rows
    .filter((row) => isFlaky(row) && row.quarantine === undefined)
    .sort((a, b) => (a.pass_rate ?? 0) - (b.pass_rate ?? 0));
  const cells = found
    .slice(0, MOST_ROWS)
    .map((row) => [nameOf(row), passedText(row), percentage(row.pass_rate, '–')]);
  return tableSection('Flaky', found.length, ['Task', 'Passed', 'Pass rate'], cells, priority);
}

function tableSection(
  title: string,
  count: number,
  heads: readonly string[],
  cells: readonly (readonly string[])[],
  priority: number,
): Section {
  const left = count - cells.length;
  const more = left > 0 ? `\n${counted(left, 'more task')}: the json report lists them\n` : '';
  const blocks = count === 0 ? [] : [markdownTable(heads, cells) + more];
  return { heading: `${title}: ${counted(count, 'task')}`, blocks, priority, folded: true };
}

function nameOf({ suite, task, agent, attack }: RowResult): string {
  const name = markdownText(task ?? 'no task named');
  const under = attack === null ? '' : ` under attack ${markdownText(attack)}`;
  return `${name}${under} (${markdownText(suite)} by ${markdownText(agent)})`;
}

function passedText({ passed, trials }: RowResult): string {
  return `${countText(passed)}/${countText(trials)}`;
}
