import type { FigureChange } from '../model/diff.ts';
import type { ReportedDiff } from './diff/reported-diff.ts';
import { counted, countText } from './figures.ts';
import { gateWords } from './gate-words.ts';
import { markdownTable, markdownText } from './markdown-text.ts';

/** STAND-IN */
export function comparisonBlocks({ diff: { summary }, gate }: ReportedDiff): string[] {
  const { counts, figures } = summary;
  const tally = ['regressed', 'fixed', 'flaky', 'new', 'missing', 'edited'] as const;
  const found = tally
    .filter((key) => counts[key] > 0)
    .map((key) => `${countText(counts[key])} ${key}`);
  const rows = figures.map((one) => [
    one.key,
    shown(one.base),
    shown(one.head),
    shown(one.difference),
    intervalText(one),
  ]);
  return [
    `**${gateWords[gate.status]}**: ${counted(counts.compared, 'task')} compared, ${found.join(', ') || 'none changed'}\n`,
    gate.reasons
      .slice(0, 5)
      .map((reason) => `- ${markdownText(reason, 500)}\n`)
      .join(''),
    markdownTable(['Figure', 'Baseline', 'Now', 'Difference', 'Interval'], rows),
  ];
}

function shown(value: number | null): string {
  return value === null ? '–' : String(Number(value.toPrecision(4)));
}

function intervalText({ interval }: FigureChange): string {
  return interval ? `${shown(interval.lower)} to ${shown(interval.upper)}` : '–';
}
