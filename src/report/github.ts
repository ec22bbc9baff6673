import { COMPARISON_GATE } from './diff/compared-words.ts';
import { counted } from './figures.ts';
import { gateWords } from './gate-words.ts';
import { type Annotations, annotationsOf } from './github-annotations.ts';
import { type Annotation, workflowCommand } from './github-command.ts';
import { githubOutputs } from './github-outputs.ts';
import { markdown } from './markdown.ts';
import type { ReportedRun, Reporter } from './reporter.ts';
import { comparisonOf } from './run-comparison.ts';
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
  const { gate } = summary;
  yield workflowCommand(gateNotice(gateWords[gate.status], gate.reasons));
  const compared = comparisonOf(run, summary)?.gate;
  if (!compared) return;
  const { words } = COMPARISON_GATE[compared.status];
  yield workflowCommand(gateNotice(words, compared.reasons));
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

/** An answer with its first reasons. */
function gateNotice(title: string, given: readonly string[]): Annotation {
  const reasons = given.slice(0, MOST_REASONS);
  const left = given.length - reasons.length;
  const lines = [...reasons, ...(left > 0 ? [counted(left, 'more reason')] : [])];
  return { kind: 'notice', title, message: lines.join('\n') || title };
}
