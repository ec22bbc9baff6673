import { countsForGate } from '../gate/gated-row.ts';
import type { RowResult, RunSummary } from '../model/run.ts';
import { counted, countText, percentage, scoreText } from './figures.ts';
import { SIGNS } from './ink.ts';
import type { Section } from './markdown-budget.ts';
import { markdownTable, markdownText } from './markdown-text.ts';
import { isFlaky } from './row-story.ts';
import { grouped } from './task-tables.ts';

const MOST_ROWS = 30;
const LONGEST_REASON = 300;

/** Figures of each suite and agent, where there are several; only what the gate counts. */
export function groupTable({ rows }: RunSummary): string[] {
  const groups = grouped(rows.filter(countsForGate));
  if (groups.length < 2) return [];
  const cells = groups.slice(0, MOST_ROWS).map((group) => {
    const [{ suite, agent } = { suite: '', agent: '' }] = group;
    const passed = group.filter(({ status }) => status === 'pass').length;
    return [
      markdownText(suite),
      markdownText(agent),
      `${countText(passed)}/${countText(group.length)}`,
      percentage(mean(group.map(({ pass_rate }) => pass_rate)), '–'),
      scoreText(mean(group.map(({ score }) => score)), '–'),
    ];
  });
  const left = groups.length - cells.length;
  const more = left > 0 ? `\n${counted(left, 'more line')}: the json report has the figures\n` : '';
  return [markdownTable(['Suite', 'Agent', 'Tasks passed', 'Pass rate', 'Score'], cells) + more];
}

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

function mean(figures: readonly (number | null)[]): number | null {
  const known = figures.filter((figure) => figure !== null);
  return known.length === 0 ? null : known.reduce((a, b) => a + b, 0) / known.length;
}

function nameOf({ suite, task, agent, attack }: RowResult): string {
  const name = markdownText(task ?? 'no task named');
  const under = attack === null ? '' : ` under attack ${markdownText(attack)}`;
  return `${name}${under} (${markdownText(suite)} by ${markdownText(agent)})`;
}

function passedText({ passed, trials }: RowResult): string {
  return `${countText(passed)}/${countText(trials)}`;
}
