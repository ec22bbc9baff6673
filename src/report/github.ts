import type { RunSummary } from '../model/run.ts';
import { counted } from './figures.ts';
import { gateWords } from './gate-words.ts';
import { type Annotations, annotationsOf } from './github-annotations.ts';
import { workflowCommand } from './github-command.ts';
import { githubOutputs } from './github-outputs.ts';
import { markdown } from './markdown.ts';
import type { ReportedRun, Reporter } from './reporter.ts';
import { summaryOf } from './run-summary.ts';

const MOST_REASONS = 5;

/** For GitHub Actions: annotations on the lines of suites, the summary of the step, and its outputs. */
export const github: Reporter = {
  key: 'github',
  words: 'Annotations, step summary and outputs of GitHub Actions',
  report,
  appends: [
    { variable: 'GITHUB_STEP_SUMMARY', report: markdown.report },
    { variable: 'GITHUB_OUTPUT', report: outputs },
  ],
};

async function* report(run: ReportedRun): AsyncIterable<string> {
  const summary = await summaryOf(run);
  const annotations = await annotationsOf(run, summary);
  for (const one of annotations.shown) yield workflowCommand(one);
  yield moreText(annotations);
  yield workflowCommand(gateNotice(summary));
}

async function* outputs(run: ReportedRun): AsyncIterable<string> {
  yield githubOutputs(run, await summaryOf(run));
}

/** What GitHub would drop, in a line of the log. */
function moreText({ left: { error, warning } }: Annotations): string {
  if (error + warning === 0) return '';
  const parts = [
    ...(error > 0 ? [`${counted(error, 'more task')} failed`] : []),
    ...(warning > 0 ? [`${counted(warning, 'more warning')}`] : []),
  ];
  return `GitHub keeps 10 annotations of a kind: ${parts.join(', ')}, which the json report explains\n`;
}

function gateNotice({ gate }: RunSummary): Parameters<typeof workflowCommand>[0] {
  const reasons = gate.reasons.slice(0, MOST_REASONS);
  const left = gate.reasons.length - reasons.length;
  const lines = [...reasons, ...(left > 0 ? [counted(left, 'more reason')] : [])];
  const title = gateWords[gate.status];
  return { kind: 'notice', title, message: lines.join('\n') || title };
}
