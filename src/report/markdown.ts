import type { RunSummary } from '../model/run.ts';
import type { GateStatus } from '../model/status.ts';
import { counted, countText, durationText, moneyText, percentage, scoreText } from './figures.ts';
import { badVerdicts, collectFindings, type Finding, type FindingList } from './findings.ts';
import { judgeBlocks } from './judge-tables.ts';
import { fitSections, type Section } from './markdown-budget.ts';
import { handoffBlocks } from './markdown-handoffs.ts';
import { safetyBlocks } from './markdown-safety.ts';
import { markdownBlock, markdownText } from './markdown-text.ts';
import type { ReportedRun, Reporter } from './reporter.ts';
import { summaryOf } from './run-summary.ts';

const MOST_REASONS = 20;
const MOST_VERDICTS = 5;
const LONGEST_REASON = 600;

/** For comments on changes: figures, gate, and what went wrong, in as much Markdown as a forge takes. */
export const markdown: Reporter = {
  key: 'markdown',
  words: 'Markdown, for comments and job summaries',
  report,
};

async function* report(run: ReportedRun): AsyncIterable<string> {
  const summary = await summaryOf(run);
  const { violations, tolerated, failures, errors } = await collectFindings(run, summary);
  const sections: Section[] = [
    { heading: headingOf(summary.gate.status), blocks: headBlocks(summary), priority: 0 },
    findingSection('Violations', violations, 1),
    findingSection('Tolerated violations', tolerated, 2),
    { heading: '### Safety', blocks: safetyBlocks(summary), priority: 3 },
    findingSection('Failures', failures, 4),
    findingSection('Errors: these could not be decided', errors, 5),
    {
      heading: '### Hand-overs',
      blocks: await handoffBlocks(run, [...violations.shown, ...failures.shown, ...errors.shown]),
      priority: 7,
    },
    { heading: '### Judges', blocks: judgeBlocks(summary.judges ?? []), priority: 5.5 },
    { heading: '### Warnings', blocks: warningBlocks(run, summary), priority: 6 },
  ];
  yield fitSections(
    sections,
    `agentops report ${markdownText(run.id)} and the json report have all of it`,
  );
}

const gateWords = {
  pass: '✓ Gate passed',
  fail: '✗ Gate failed',
  inconclusive: '! Gate inconclusive',
  error: '! Gate undecided',
} satisfies Record<GateStatus, string>;

function headingOf(status: GateStatus): string {
  return `## ${gateWords[status]}`;
}

function headBlocks(summary: RunSummary): string[] {
  const { gate } = summary;
  const reasons = gate.reasons.slice(0, MOST_REASONS);
  const left = gate.reasons.length - reasons.length;
  const lines = reasons.map((reason) => `- ${markdownText(reason, LONGEST_REASON)}\n`);
  if (left > 0) lines.push(`- ${counted(left, 'more reason')}\n`);
  return [`${totalsText(summary)}\n`, lines.join('')];
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

function findingSection(title: string, { shown, left }: FindingList, priority: number): Section {
  const more = left > 0 ? [`${counted(left, 'more trial')}: the json report explains each\n`] : [];
  return { heading: `### ${title}`, blocks: [...shown.map(findingBlock), ...more], priority };
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
  const told = bad.slice(0, MOST_VERDICTS).map(({ path, reason }) => cut(`${path}: ${reason}`));
  const left = bad.length - told.length;
  const lines = [
    ...(result.reason ? [cut(result.reason)] : []),
    ...told,
    ...(left > 0 ? [`and ${counted(left, 'more verdict')}`] : []),
  ];
  const stop = `stop: ${result.stop ?? 'not known'}`;
  return `${names.join(' · ')}\n\n${markdownBlock(lines.length > 0 ? lines : [stop])}`;
}

function warningBlocks(run: ReportedRun, summary: RunSummary): string[] {
  const warnings = [...new Set([...run.warnings, ...summary.warnings])].slice(0, MOST_REASONS);
  return warnings.map((warning) => `- ${markdownText(warning, LONGEST_REASON)}`);
}

function cut(text: string): string {
  return text.length <= LONGEST_REASON ? text : `${text.slice(0, LONGEST_REASON - 1)}…`;
}
