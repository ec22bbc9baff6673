import type { RowResult, RunSummary } from '../model/run.ts';
import type { Status } from '../model/status.ts';
import type { TrialResult } from '../model/trial-result.ts';
import { counted } from './figures.ts';
import { quarantineText, wentText } from './quarantine-text.ts';
import type { ReportedRun, Reporter } from './reporter.ts';
import { caseStatus, cut, type RowStory, rowStory } from './row-story.ts';
import { eachRow } from './rows.ts';
import { summaryOf } from './run-summary.ts';
import { xmlAttribute, xmlContent } from './xml-text.ts';

/** Bad cases of a testsuite whose trials are listed; those beyond keep their message, so that a suite of any size can be held. */
const MOST_BODIES = 1000;
const LONGEST_MESSAGE = 300;

/** For CI: a testsuite for each suite, agent and attack, a testcase for each task. */
export const junit: Reporter = {
  key: 'junit',
  words: 'JUnit XML, for CI systems',
  report,
};

/** A testsuite while its cases come in. */
interface Suite {
  readonly name: string;
  readonly cases: string[];
  readonly counts: Record<Status, number>;
  ms: number;
}

async function* report(run: ReportedRun): AsyncIterable<string> {
  const summary = await summaryOf(run);
  yield '<?xml version="1.0" encoding="UTF-8"?>\n';
  const all = tally(summary.rows);
  const gate = gateSuite(summary, all);
  if (gate) for (const status of ['fail', 'error'] as const) all[status] += gate.counts[status];
  yield `<testsuites name="agentops" ${countAttributes(all)}>\n`;
  let suites = new Map<string, Suite>();
  let current: string | null = null;
  for await (const { row, trials } of eachRow(run, summary)) {
    if (current !== null && row.suite !== current) {
      for (const suite of suites.values()) yield* suiteElement(suite, summary);
      suites = new Map();
    }
    current = row.suite;
    await addCase(suites, row, trials);
  }
  for (const suite of suites.values()) yield* suiteElement(suite, summary);
  if (gate) yield* suiteElement(gate, summary);
  yield '</testsuites>\n';
}

/** A case for the gate, where it did not pass and no other case says so: whoever looks at cases alone must not take the run for a good one. */
function gateSuite({ gate }: RunSummary, { fail, error }: Record<Status, number>): Suite | null {
  if (gate.status === 'pass' || fail + error > 0) return null;
  const status = gate.status === 'fail' ? 'fail' : 'error';
  const suite = newSuite('agentops');
  suite.counts[status]++;
  const reason = gate.reasons.join('; ');
  const element = badElement(status, cut(reason, LONGEST_MESSAGE), `${gate.reasons.join('\n')}\n`);
  suite.cases.push(
    `<testcase classname="agentops" name="gate" time="0.000">\n${element}</testcase>\n`,
  );
  return suite;
}

async function addCase(
  suites: Map<string, Suite>,
  row: RowResult,
  trials: AsyncIterable<TrialResult>,
): Promise<void> {
  const names = [row.suite, row.agent, ...(row.attack === null ? [] : [row.attack])];
  const key = JSON.stringify(names);
  const suite = suites.get(key) ?? newSuite(names.join('.'));
  suites.set(key, suite);
  const bad = suite.counts.fail + suite.counts.error;
  const story = await rowStory(trials, bad < MOST_BODIES);
  suite.counts[caseStatus(row)]++;
  suite.ms += story.ms;
  suite.cases.push(caseElement(suite.name, row, story));
}

function newSuite(name: string): Suite {
  return { name, cases: [], counts: { pass: 0, fail: 0, error: 0, skip: 0 }, ms: 0 };
}

function* suiteElement(suite: Suite, { id, started_at, gate }: RunSummary): Iterable<string> {
  const name = xmlAttribute(suite.name);
  const at = xmlAttribute(started_at.replace(/(\.\d+)?(Z|[+-]\d\d:?\d\d)$/, ''));
  yield `<testsuite name="${name}" ${countAttributes(suite.counts)} time="${seconds(suite.ms)}" timestamp="${at}">\n`;
  yield '<properties>\n';
  yield `<property name="agentops.run" value="${xmlAttribute(id)}"/>\n`;
  yield `<property name="agentops.gate" value="${xmlAttribute(gate.status)}"/>\n`;
  yield '</properties>\n';
  yield* suite.cases;
  yield '</testsuite>\n';
}

/** Says which violations were tolerated. */
function toleratedElement({ violated = [] }: RowResult): string {
  const lines = violated.flatMap(({ path, trials, tolerated }) =>
    tolerated === undefined
      ? []
      : [`Tolerated in ${counted(trials, 'trial')}: ${path}${tolerated && `: ${tolerated}`}\n`],
  );
  return lines.length === 0 ? '' : `<system-out>${xmlContent(lines.join(''))}</system-out>\n`;
}

function caseElement(className: string, row: RowResult, story: RowStory): string {
  const task = row.task ?? '(no task named)';
  const name = xmlAttribute(row.attack === null ? task : `${task} under attack ${row.attack}`);
  const status = caseStatus(row);
  const open = `<testcase classname="${xmlAttribute(className)}" name="${name}" time="${seconds(story.ms)}"`;
  const outcome = status === 'pass' ? '' : outcomeElement(status, row, story);
  const inside = outcome + toleratedElement(row);
  return inside === '' ? `${open}/>\n` : `${open}>\n${inside}</testcase>\n`;
}

function outcomeElement(status: Exclude<Status, 'pass'>, row: RowResult, story: RowStory): string {
  const { quarantine } = row;
  if (status === 'skip' && quarantine) {
    const words = `In quarantine ${quarantineText(quarantine)}`;
    const message = cut(`${wentText(row)}; ${words}`, LONGEST_MESSAGE);
    return `<skipped message="${xmlAttribute(message)}"/>\n`;
  }
  const reason = row.skip ?? story.reasons[status] ?? Object.values(story.reasons)[0];
  const tally = `${row.passed} of ${row.trials} trials passed`;
  const message =
    row.trials > 1 && status !== 'skip' ? `${tally}; ${reason ?? ''}` : (reason ?? tally);
  const short = cut(message, LONGEST_MESSAGE);
  if (status === 'skip') return `<skipped message="${xmlAttribute(short)}"/>\n`;
  const left =
    story.left > 0 ? `${story.left} more trials are left out: the json report explains each\n` : '';
  return badElement(status, short, story.body.join('') + left);
}

function badElement(status: 'fail' | 'error', message: string, body: string): string {
  const element = status === 'fail' ? 'failure' : 'error';
  const attributes = `message="${xmlAttribute(message)}" type="${status}"`;
  return `<${element} ${attributes}>${xmlContent(body)}</${element}>\n`;
}

function tally(rows: readonly RowResult[]): Record<Status, number> {
  const counts = { pass: 0, fail: 0, error: 0, skip: 0 };
  for (const row of rows) counts[caseStatus(row)]++;
  return counts;
}

function countAttributes({ pass, fail, error, skip }: Record<Status, number>): string {
  const tests = pass + fail + error + skip;
  return `tests="${tests}" failures="${fail}" errors="${error}" skipped="${skip}"`;
}

function seconds(ms: number): string {
  return (ms / 1000).toFixed(3);
}
