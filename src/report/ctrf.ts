import { createHash } from 'node:crypto';
import type { PlanRow } from '../model/plan.ts';
import type { RowResult, RunSummary } from '../model/run.ts';
import type { Status } from '../model/status.ts';
import { counted, countText } from './figures.ts';
import { jsonLine } from './json-text.ts';
import { placeOf } from './place-of.ts';
import { quarantineText } from './quarantine-text.ts';
import type { ReportedRun, Reporter } from './reporter.ts';
import { caseStatus, cut, isFlaky, type RowStory, rowStory } from './row-story.ts';
import { eachRow } from './rows.ts';
import { summaryOf } from './run-summary.ts';

/** Version of the specification that the document follows. */
const SPEC_VERSION = '0.0.0';
/** Tests whose trials are listed; those beyond keep their message. */
const MOST_TRACES = 1000;
const LONGEST_MESSAGE = 300;

/** For dashboards: the Common Test Report Format, a test for each task, agent and attack. */
export const ctrf: Reporter = {
  key: 'ctrf',
  words: 'The Common Test Report Format, for dashboards',
  report,
};

type CtrfStatus = 'passed' | 'failed' | 'skipped' | 'other';

const statuses = {
  pass: 'passed',
  fail: 'failed',
  skip: 'skipped',
  error: 'other',
} satisfies Record<Status, CtrfStatus>;

async function* report(run: ReportedRun): AsyncIterable<string> {
  const summary = await summaryOf(run);
  const gate = gateTest(summary);
  yield `{\n"reportFormat": "CTRF",\n"specVersion": "${SPEC_VERSION}",\n`;
  yield `"generatedBy": "agentops",\n"results": {\n`;
  yield `"tool": ${jsonLine({ name: 'agentops', version: summary.agentops_version })},\n`;
  yield `"summary": ${jsonLine(figuresOf(summary, gate !== null))},\n`;
  yield `"environment": ${jsonLine(environmentOf(summary))},\n`;
  yield '"tests": [';
  let separator = '\n';
  let traces = 0;
  for await (const { row, trials, index } of eachRow(run, summary)) {
    const story = await rowStory(trials, traces < MOST_TRACES);
    if (story.body.length > 0) traces++;
    yield separator + jsonLine(testOf(row, run.plan.rows[index], run.folder, story));
    separator = ',\n';
  }
  if (gate) yield separator + jsonLine(gate);
  yield '\n]\n}\n}\n';
}

function figuresOf(summary: RunSummary, withGate: boolean): object {
  const { rows, started_at, finished_at, gate } = summary;
  const counts = { passed: 0, failed: 0, skipped: 0, pending: 0, other: 0 };
  for (const row of rows) counts[statusOf(row)]++;
  if (withGate) counts[gate.status === 'fail' ? 'failed' : 'other']++;
  const start = Date.parse(started_at) || 0;
  const stop = Math.max(start, Date.parse(finished_at ?? started_at) || 0);
  return {
    tests: rows.length + (withGate ? 1 : 0),
    ...counts,
    flaky: rows.filter(isFlakyTest).length,
    suites: new Set(rows.map(({ suite }) => suite)).size,
    start,
    stop,
    duration: stop - start,
    extra: { run: summary.id, gate: { status: gate.status, reasons: gate.reasons } },
  };
}

function environmentOf({ git: { commit, branch, dirty }, labels }: RunSummary): object {
  return {
    ...(commit !== null && { commit }),
    ...(branch !== null && { branchName: branch }),
    extra: { dirty, labels },
  };
}

function statusOf(row: RowResult): CtrfStatus {
  return statuses[caseStatus(row)];
}

/** As the format means it: passed, though some of its trials did not. */
function isFlakyTest(row: RowResult): boolean {
  return statusOf(row) === 'passed' && isFlaky(row);
}

function testOf(
  row: RowResult,
  planned: PlanRow | undefined,
  folder: string | undefined,
  story: RowStory,
): object {
  const { suite, agent, attack, quarantine } = row;
  const task = row.task ?? 'no task named';
  const status = caseStatus(row);
  const tags = [...(planned?.tags ?? []), ...(quarantine ? ['quarantined'] : [])];
  return {
    id: uuidOf([suite, row.task ?? planned?.trial_ids[0] ?? null, agent, attack]),
    name: attack === null ? task || '(empty)' : `${task} under attack ${attack}`,
    status: statusOf(row),
    duration: Math.max(0, Math.round(story.ms)),
    suite: [suite, agent, ...(attack === null ? [] : [attack])],
    ...(status !== 'pass' && { message: messageOf(row, status, story) }),
    ...(story.body.length > 0 && { trace: story.body.join('') }),
    rawStatus: row.status,
    ...(tags.length > 0 && { tags }),
    ...(planned?.at && { filePath: placeOf(planned.at.file, folder), line: planned.at.line }),
    ...(isFlakyTest(row) && { flaky: true }),
    extra: extraOf(row),
  };
}

function messageOf(row: RowResult, status: Status, story: RowStory): string {
  const reason = row.skip ?? story.reasons[status] ?? Object.values(story.reasons)[0];
  const tally = `${countText(row.passed)} of ${counted(row.trials, 'trial')} passed`;
  const parts = [
    ...(row.quarantine ? [`In quarantine ${quarantineText(row.quarantine)}`] : []),
    ...(row.trials > 1 && (status !== 'skip' || row.quarantine) ? [tally] : []),
    ...(reason ? [reason] : []),
  ];
  return cut(parts.join('; ') || tally, LONGEST_MESSAGE);
}

function extraOf(row: RowResult): object {
  const { agent, attack, trials, passed, failed, errored, skipped, pass_rate, score } = row;
  return {
    agent,
    ...(attack !== null && { attack }),
    trials: { planned: trials, passed, failed, errored, skipped },
    pass_rate,
    score,
    ...(row.violated && { violated: row.violated }),
    ...(row.quarantine && { quarantine: row.quarantine }),
  };
}

/** A test for the gate, where it did not pass and no other test says so. */
function gateTest({ rows, gate }: RunSummary): object | null {
  const telling = gate.status === 'fail' ? ['failed'] : ['failed', 'other'];
  const isTold = rows.some((row) => telling.includes(statusOf(row)));
  if (gate.status === 'pass' || isTold) return null;
  return {
    name: 'gate',
    status: gate.status === 'fail' ? 'failed' : 'other',
    duration: 0,
    suite: ['agentops'],
    message: cut(gate.reasons.join('; '), LONGEST_MESSAGE),
    rawStatus: gate.status,
  };
}

/** An id that stays the same from run to run, made of names. */
function uuidOf(names: readonly (string | null)[]): string {
  const hex = createHash('sha256').update(JSON.stringify(names)).digest('hex');
  const parts = [hex.slice(0, 8), hex.slice(8, 12), `8${hex.slice(13, 16)}`];
  return [...parts, `8${hex.slice(17, 20)}`, hex.slice(20, 32)].join('-');
}
