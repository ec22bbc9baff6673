import type { RunSummary } from '../model/run.ts';
import { attackMatrices } from './attack-matrix.ts';
import { attackTables } from './attack-tables.ts';
import { counted, countText } from './figures.ts';
import { findingLines, taskText } from './finding-lines.ts';
import { collectFindings, type FindingList, type Findings } from './findings.ts';
import { createInk, type Ink } from './ink.ts';
import { joinLines } from './join-lines.ts';
import { judgeTable } from './judge-tables.ts';
import { metricTables } from './metric-tables.ts';
import { quarantineText, wentText } from './quarantine-text.ts';
import type { Look, ReportedRun, Reporter } from './reporter.ts';
import { summaryOf } from './run-summary.ts';
import { SHORT_ID } from './short-id.ts';
import { blastLine, gateLines, totalsLines } from './summary-lines.ts';
import { grouped, taskTables } from './task-tables.ts';
import { undecidedLine } from './undecided-line.ts';
import { wrapBehind } from './wrap.ts';

const MOST_NOTES = 20;
const LONGEST_NOTE = 600;

/** For a person at a terminal: tables of the tasks, every failure with its reason, then the figures and the gate. */
export const terminal: Reporter = {
  key: 'terminal',
  words: 'Tables and every failure explained, for people',
  report,
};

async function* report(run: ReportedRun, look: Look): AsyncIterable<string> {
  const ink = await createInk(look);
  const summary = await summaryOf(run);
  yield joinLines(await taskTables(summary.rows, ink));
  yield joinLines(await attackMatrices(summary.rows, ink));
  yield joinLines(await attackTables(summary.safety, ink));
  yield joinLines(await judgeTable(summary.judges ?? [], ink));
  const findings = await collectFindings(run, summary);
  yield joinLines(await metricTables(findings.metrics, ink));
  const names = { agents: grouped(summary.rows).length > 1 };
  for (const section of findingSections(findings, ink, names)) yield joinLines(section);
  yield joinLines(quarantineLines(summary, ink, names));
  yield joinLines(skipLines(summary, findings, ink));
  yield joinLines(warningLines(run, summary, findings, ink));
  yield joinLines([
    ...totalsLines(summary, ink),
    ...blastLine(summary.totals, ink),
    ...gateLines(summary.gate, ink),
    ...undecidedLine(summary, ink),
    ...(await comparedLines(run, ink)),
    ...hintLines(run, findings, ink),
  ]);
}

/** Loaded only here: most runs are compared with none. */
async function comparedLines({ comparison }: ReportedRun, ink: Ink): Promise<string[]> {
  if (!comparison) return [];
  const { comparisonLinesOf } = await import('./diff/comparison-lines.ts');
  return comparisonLinesOf(comparison, ink);
}

function* findingSections(
  { violations, tolerated, failures, errors }: Findings,
  ink: Ink,
  names: { agents: boolean },
): Iterable<string[]> {
  const sections: [string, FindingList][] = [
    ['Violations: no pass rate makes up for these', violations],
    ['Tolerated violations: the suite lets the gate pass over these', tolerated],
    ['Failures', failures],
    ['Errors: these could not be decided', errors],
  ];
  for (const [title, { shown, left }] of sections) {
    if (shown.length === 0) continue;
    yield wrapBehind('', title, ink.width).map(ink.strong);
    for (const finding of shown) yield [...findingLines(finding, ink, names), ''];
    if (left > 0) {
      const more = `${ink.signs.ellipsis} ${counted(left, 'more trial')}: the json report explains each`;
      yield [...wrapBehind('', more, ink.width).map(ink.faint), ''];
    }
  }
}

function quarantineLines({ rows }: RunSummary, ink: Ink, names: { agents: boolean }): string[] {
  const away = rows.flatMap((row) => (row.quarantine ? [{ row, quarantine: row.quarantine }] : []));
  const notes = away.slice(0, MOST_NOTES).map(({ row, quarantine }) => {
    const by = names.agents ? ` by ${row.agent}` : '';
    const under = row.attack === null ? '' : ` under attack ${row.attack}`;
    const words = `${by}${under}: ${wentText(row)}; ${quarantineText(quarantine)}`;
    return `${taskText(row.task, ink)}${ink.line(words, LONGEST_NOTE)}`;
  });
  if (away.length > notes.length) {
    notes.push(`${ink.signs.ellipsis} ${counted(away.length - notes.length, 'more task')}`);
  }
  const title = 'Quarantined: these leave the count of the gate, but for violations';
  return noteLines(title, notes, ink.signs.skip, ink);
}

function skipLines({ rows }: RunSummary, { skips }: Findings, ink: Ink): string[] {
  const named = rows.filter(({ skip }) => skip !== undefined);
  const notes = named
    .slice(0, MOST_NOTES)
    .map(({ task, skip = '' }) => `${taskText(task, ink)}: ${ink.line(skip, LONGEST_NOTE)}`);
  if (named.length > notes.length) {
    notes.push(`${ink.signs.ellipsis} ${counted(named.length - notes.length, 'more task')}`);
  }
  for (const { reason, trials, firstTask } of skips) {
    const which = trials === 1 ? taskText(firstTask, ink) : counted(trials, 'trial');
    notes.push(`${which}: ${ink.line(reason, LONGEST_NOTE)}`);
  }
  return noteLines('Skipped', notes, ink.signs.skip, ink);
}

function warningLines(
  run: ReportedRun,
  summary: RunSummary,
  { undecided: { count, first } }: Findings,
  ink: Ink,
): string[] {
  const warnings = [...new Set([...run.warnings, ...summary.warnings])];
  const notes = warnings.slice(0, MOST_NOTES).map((warning) => ink.line(warning, LONGEST_NOTE));
  if (warnings.length > notes.length) {
    notes.push(`${ink.signs.ellipsis} ${countText(warnings.length - notes.length)} more`);
  }
  if (first !== null) {
    const example = ink.line(`${first.path}: ${first.reason}`, LONGEST_NOTE);
    notes.push(`${counted(count, 'preference')} could not be decided, the first: ${example}`);
  }
  return noteLines('Warnings', notes, ink.signs.error, ink);
}

function noteLines(title: string, notes: readonly string[], sign: string, ink: Ink): string[] {
  if (notes.length === 0) return [];
  const lines = notes.flatMap((note) => wrapBehind(`${sign} `, note, ink.width));
  return [ink.strong(title), ...lines, ''];
}

function hintLines(run: ReportedRun, findings: Findings, ink: Ink): string[] {
  const { violations, tolerated, failures, errors } = findings;
  const [finding] = [violations, failures, errors, tolerated].flatMap(({ shown }) => shown);
  if (!finding) return [];
  const trial = ink.line(finding.result.id.slice(0, SHORT_ID));
  const command = `agentops show ${ink.line(runReference(run))} ${trial}`;
  return [ink.faint(`Look closer: ${command}`)];
}

/** The id where the run lies in its usual place, else its folder, quoted where a shell wants it. */
function runReference({ id, dir }: ReportedRun): string {
  if (dir.replaceAll('\\', '/').endsWith(`.agentops/runs/${id}`)) return id;
  return /^[\w./:\\-]+$/.test(dir) ? dir : `'${dir.replaceAll("'", String.raw`'\''`)}'`;
}
