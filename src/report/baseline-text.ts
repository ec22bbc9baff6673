import type { BaselineFacts, BaselineHead } from '../model/baseline.ts';
import type { ReportedTask } from '../model/report.ts';
import { counted, countText, durationText, moneyText, percentage, scoreText } from './figures.ts';
import type { Ink } from './ink.ts';
import { jsonLine } from './json-text.ts';
import { type Cell, type Column, drawTable } from './table.ts';
import { wrapBehind } from './wrap.ts';

const taskColumns: readonly Column[] = [
  { head: '' },
  { head: 'Task', least: 12, last: 6 },
  { head: 'Suite', least: 6, spare: 2 },
  { head: 'Agent', least: 6, spare: 1 },
  { head: 'Trials', align: 'right' },
  { head: 'Score', align: 'right' },
];

/** Tasks that a table lists. */
const SHOWN = 100;

/** Lines about a baseline: where it comes from, its figures, its tasks; of many those that did not pass first. */
export async function baselineLines(
  { baseline: facts, totals, gate, tasks }: BaselineHead,
  ink: Ink,
): Promise<string[]> {
  const dot = ` ${ink.signs.dot} `;
  const status = gate.status === 'pass' || gate.status === 'fail' ? gate.status : 'error';
  const from = [
    `set ${timeOf(facts)} UTC`,
    `run ${facts.run}`,
    commitOf(facts, 'no commit'),
    facts.branch === null ? 'no branch' : `branch ${facts.branch}`,
  ];
  const figures = [
    counted(tasks.length, 'task'),
    counted(totals.planned, 'trial'),
    `pass rate ${percentage(totals.pass_rate, ink.signs.none)}`,
    `score ${scoreText(totals.score, ink.signs.none)}`,
    totals.cost_usd === null ? [] : moneyText(totals.cost_usd),
    totals.duration_ms === null ? [] : durationText(totals.duration_ms),
  ].flat();
  const wrapped = (lead: string, text: string, paint = (line: string) => line) =>
    wrapBehind(lead, text, ink.width).map(paint);
  const shown = tasks.length > SHOWN ? worstFirst(tasks).slice(0, SHOWN) : tasks;
  const left = tasks.length - shown.length;
  const more = `  ${ink.signs.ellipsis} ${counted(left, 'task')} more: --json lists them`;
  return [
    ...wrapped('', ink.line(`${facts.name}${dot}${facts.suites.join(', ')}`, 200), ink.strong),
    ...wrapped('  ', ink.line(from.join(dot), 200)),
    ...wrapped('  ', figures.join(dot)),
    `  ${ink.as[status](`${ink.signs[status]} its gate: ${ink.line(gate.status)}`)}`,
    ...facts.warnings.flatMap((words) =>
      wrapped('  ', ink.line(`warning: ${words}`, 400), ink.as.error),
    ),
    ...(await drawTable(
      taskColumns,
      shown.map((task) => taskCells(task, ink)),
      ink,
      '  ',
    )),
    ...(left > 0 ? [ink.faint(more)] : []),
  ];
}

function worstFirst(tasks: readonly ReportedTask[]): ReportedTask[] {
  const passed = ({ status }: ReportedTask) => status === 'pass';
  return [...tasks.filter((task) => !passed(task)), ...tasks.filter(passed)];
}

function taskCells(task: ReportedTask, ink: Ink): Cell[] {
  const { status, attack, passed, trials } = task;
  const name = task.task ?? ink.signs.none;
  return [
    { text: ink.signs[status], paint: ink.as[status] },
    { text: ink.line(attack === null ? name : `${name} under ${attack}`, 60) },
    { text: ink.line(task.suite, 40) },
    { text: ink.line(task.agent, 40) },
    { text: `${countText(passed)}/${countText(trials)}` },
    { text: scoreText(task.score, ink.signs.none) },
  ];
}

const listColumns: readonly Column[] = [
  { head: 'Baseline', least: 8, last: 6 },
  { head: 'Branch', least: 6, spare: 2 },
  { head: 'Suites', least: 6, spare: 3 },
  { head: 'Run', least: 8, spare: 1 },
  { head: 'Commit', spare: 4 },
  { head: 'Set at (UTC)', spare: 5 },
  { head: 'Pass rate', align: 'right' },
];

/** Lines of a table of baselines. */
export async function baselinesTable(
  baselines: readonly BaselineHead[],
  ink: Ink,
): Promise<string[]> {
  const rows = baselines.map(({ baseline: facts, totals }): Cell[] => [
    { text: ink.line(facts.name, 60) },
    { text: ink.line(facts.branch ?? ink.signs.none, 40) },
    { text: ink.line(facts.suites.join(', '), 60) },
    { text: ink.line(facts.run, 60) },
    { text: ink.line(commitOf(facts, ink.signs.none), 20) },
    { text: ink.line(timeOf(facts), 16) },
    { text: percentage(totals.pass_rate, ink.signs.none) },
  ]);
  return drawTable(listColumns, rows, ink);
}

/** A baseline as JSON for programs, without its trials. */
export function baselineFigures({ baseline, totals, gate, tasks }: BaselineHead): string {
  const lines = tasks.map((task) => `\n${jsonLine(task)}`).join(',');
  const head = `"baseline": ${jsonLine(baseline)},\n"totals": ${jsonLine(totals)},\n"gate": ${jsonLine(gate)}`;
  return `{\n"schema_version": 1,\n${head},\n"tasks": [${lines}\n]\n}\n`;
}

/** Baselines as a JSON list for programs, one a line. */
export function baselinesJson(baselines: readonly BaselineHead[]): string {
  const lines = baselines.map(({ baseline, totals, gate }) => {
    const figures = { pass_rate: totals.pass_rate, score: totals.score, gate: gate.status };
    return `\n${jsonLine({ ...baseline, ...figures })}`;
  });
  return `[${lines.join(',')}\n]\n`;
}

function timeOf({ set_at }: BaselineFacts): string {
  return set_at.slice(0, 16).replace('T', ' ');
}

function commitOf({ commit, dirty }: BaselineFacts, none: string): string {
  return commit === null ? none : `${commit.slice(0, 8)}${dirty === true ? ' with changes' : ''}`;
}
