import type { RunSummary } from '../model/run.ts';
import { comparisonBlocks } from './diff/comparison-blocks.ts';
import { counted, countText, durationText, moneyText, percentage, scoreText } from './figures.ts';
import { collectFindings, type Findings } from './findings.ts';
import { gateWords } from './gate-words.ts';
import { SIGNS } from './ink.ts';
import { judgeBlocks } from './judge-tables.ts';
import { fitSections, type Section } from './markdown-budget.ts';
import { findingSections } from './markdown-findings.ts';
import { handoffBlocks } from './markdown-handoffs.ts';
import { flakySection, groupTable, quarantineSection } from './markdown-rows.ts';
import { safetyBlocks } from './markdown-safety.ts';
import { markdownText } from './markdown-text.ts';
import type { ReportedRun, Reporter } from './reporter.ts';
import { reportedComparison } from './run-comparison.ts';
import { summaryOf } from './run-summary.ts';
import { gateSigns } from './summary-lines.ts';

/** The first line of every report, by which a comment that is to be replaced is found again. */
const MARKER = '<!-- agentops -->';
const MOST_REASONS = 8;
const MOST_WARNINGS = 20;
const LONGEST_REASON = 500;

/** For comments on changes: gate, figures, what changed, and what went wrong, on one screen and in as much Markdown as a forge takes. */
export const markdown: Reporter = {
  key: 'markdown',
  words: 'Markdown, for comments and job summaries',
  report,
};

async function* report(run: ReportedRun): AsyncIterable<string> {
  const summary = await summaryOf(run);
  const findings = await collectFindings(run, summary, 'worst');
  const comparison = reportedComparison(run, summary);
  const sections: Section[] = [
    { heading: headingOf(summary), blocks: headBlocks(summary), priority: 0 },
    {
      heading: '### Against the baseline',
      blocks: comparison ? comparisonBlocks(comparison) : [],
      priority: 1,
    },
    ...findingSections('Violations', findings.violations, 2),
    ...findingSections('Failures', findings.failures, 4),
    ...findingSections('Errors: these could not be decided', findings.errors, 5),
    { heading: 'Safety', blocks: safetyBlocks(summary), priority: 3, folded: true },
    ...asideSections(summary, findings),
    {
      heading: 'Judges',
      blocks: judgeBlocks(summary.judges ?? []),
      priority: 5.5,
      folded: true,
    },
    await handoffSection(run, findings),
    warningSection(run, summary),
  ];
  yield `${MARKER}\n${fitSections(sections, pointerTo(run))}`;
}

/** Where the rest stands; the id is data of a folder that anybody may have written. */
function pointerTo({ id }: ReportedRun): string {
  const command = /^[\w-]{1,100}$/.test(id)
    ? `\`agentops report ${id}\``
    : `agentops report ${markdownText(id)}`;
  return `${command} and the json report have all of it`;
}

function headingOf({ gate: { status } }: RunSummary): string {
  return `## ${SIGNS[gateSigns[status]]} ${gateWords[status]}`;
}

function headBlocks(summary: RunSummary): string[] {
  const { gate } = summary;
  const reasons = gate.reasons.slice(0, MOST_REASONS);
  const left = gate.reasons.length - reasons.length;
  const lines = reasons.map((reason) => `- ${markdownText(reason, LONGEST_REASON)}\n`);
  if (left > 0) lines.push(`- ${counted(left, 'more reason')}\n`);
  return [`${totalsText(summary)}\n`, lines.join(''), ...groupTable(summary)];
}

function totalsText({ totals, started_at, finished_at }: RunSummary): string {
  const { planned, pass, fail, error, skip, pass_rate, score, cost_usd } = totals;
  const { judge_cost_usd: judges = null } = totals;
  const ms = finished_at === null ? Number.NaN : Date.parse(finished_at) - Date.parse(started_at);
  return [
    `**${counted(planned, 'trial')}: ${countText(pass)} passed, ${countText(fail)} failed, ${countText(error)} in error, ${countText(skip)} skipped**`,
    ...(pass_rate === null ? [] : [`pass rate ${percentage(pass_rate, '')}`]),
    ...(score === null ? [] : [`score ${scoreText(score, '')}`]),
    ...(cost_usd === null ? [] : [moneyText(cost_usd)]),
    ...(judges === null ? [] : [`judges ${moneyText(judges)}`]),
    ...(ms >= 0 ? [durationText(ms)] : []),
  ].join(' · ');
}

/** What does not count, and what does not hold still. */
function asideSections(summary: RunSummary, { quarantined, tolerated }: Findings): Section[] {
  return [
    quarantineSection(summary, 5.2),
    ...findingSections('Failed or undecided in quarantine', quarantined, 5.6, true),
    ...findingSections('Tolerated violations', tolerated, 5.3, true),
    flakySection(summary, 5.4),
  ];
}

async function handoffSection(run: ReportedRun, findings: Findings): Promise<Section> {
  const { violations, failures, errors } = findings;
  const shown = [violations, failures, errors].flatMap((list) => list.shown);
  const blocks = await handoffBlocks(run, shown);
  return { heading: 'Hand-overs', blocks, priority: 7, folded: true };
}

function warningSection(run: ReportedRun, summary: RunSummary): Section {
  const warnings = [...new Set([...run.warnings, ...summary.warnings])];
  const blocks = warnings
    .slice(0, MOST_WARNINGS)
    .map((warning) => `- ${markdownText(warning, LONGEST_REASON)}`);
  const left = warnings.length - blocks.length;
  if (left > 0) blocks.push(`- ${counted(left, 'more warning')}`);
  const heading = `Warnings: ${countText(warnings.length)}`;
  return { heading, blocks: blocks.length > 0 ? [...blocks, ''] : [], priority: 6, folded: true };
}
