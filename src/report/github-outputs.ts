import { randomBytes } from 'node:crypto';
import type { RunSummary } from '../model/run.ts';
import type { ReportedRun } from './reporter.ts';
import { comparisonOf } from './run-comparison.ts';

/** The outputs of a step: names with values, each behind a delimiter that no value can know. */
export function githubOutputs(run: ReportedRun, summary: RunSummary): string {
  const { id, gate, totals } = summary;
  const values: readonly (readonly [string, string | number | null])[] = [
    ['gate', gate.status],
    ['pass_rate', totals.pass_rate],
    ['score', totals.score],
    ['passed', totals.pass],
    ['failed', totals.fail],
    ['errored', totals.error],
    ['cost_usd', totals.cost_usd],
    ['run_id', id],
    ['comparison', comparisonOf(run, summary)?.gate.status ?? null],
  ];
  return values.map(([name, value]) => output(name, String(value ?? ''))).join('');
}

function output(name: string, value: string): string {
  const end = `agentops_${randomBytes(16).toString('hex')}`;
  return `${name}<<${end}\n${value}\n${end}\n`;
}
