import { counted, countText } from './figures.ts';
import { badVerdicts, type Finding, type FindingList } from './findings.ts';
import type { Section } from './markdown-budget.ts';
import { markdownBlock, markdownText } from './markdown-text.ts';
import { cut } from './row-story.ts';

/** Findings that are seen without opening anything. */
const MOST_OPEN = 3;
const MOST_VERDICTS = 4;
const LONGEST_REASON = 500;

/** What went wrong in one way: the worst of it open, the rest folded. */
export function findingSections(
  title: string,
  { shown, left }: FindingList,
  priority: number,
  folded = false,
): Section[] {
  const blocks = shown.map(findingBlock);
  const more = left > 0 ? [`${counted(left, 'more trial')}: the json report explains each\n`] : [];
  if (folded) {
    const heading = `${title}: ${countText(trialsIn(shown) + left)}`;
    return [{ heading, blocks: [...blocks, ...more], priority, folded }];
  }
  const open = { heading: `### ${title}`, blocks: blocks.slice(0, MOST_OPEN), priority };
  const rest = [...blocks.slice(MOST_OPEN), ...more];
  const beyond = trialsIn(shown.slice(MOST_OPEN)) + left;
  const heading = `${countText(beyond)} more of these`;
  return [open, { heading, blocks: rest, priority: priority + 0.1, folded: true }];
}

function trialsIn(findings: readonly Finding[]): number {
  return findings.reduce((sum, { count }) => sum + count, 0);
}

/** A finding: its names as a line, what its agent had a hand in as code. */
function findingBlock({ result, row, count }: Finding): string {
  const names = [
    `**${markdownText(result.task ?? 'no task named')}**`,
    ...(result.attack === null ? [] : [`attack ${markdownText(result.attack)}`]),
    `${markdownText(result.suite)} by ${markdownText(result.agent)}`,
    ...(row?.at ? [`${markdownText(row.at.file, 200)} line ${row.at.line}`] : []),
    ...(row && row.trials > 1 ? [`${countText(count)} of ${counted(row.trials, 'trial')}`] : []),
  ];
  const bad = badVerdicts(result);
  const told = bad
    .slice(0, MOST_VERDICTS)
    .map(({ path, reason }) => cut(`${path}: ${reason}`, LONGEST_REASON));
  const left = bad.length - told.length;
  const lines = [
    ...(result.reason ? [cut(result.reason, LONGEST_REASON)] : []),
    ...told,
    ...(left > 0 ? [`and ${counted(left, 'more verdict')}`] : []),
  ];
  const stop = `stop: ${result.stop ?? 'not known'}`;
  return `${names.join(' · ')}\n\n${markdownBlock(lines.length > 0 ? lines : [stop])}`;
}
