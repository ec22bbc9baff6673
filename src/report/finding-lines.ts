import * as z from 'zod';
import type { TrialResult } from '../model/trial-result.ts';
import type { Verdict } from '../model/verdict.ts';
import { alignmentLines, alignmentOf } from './alignment-lines.ts';
import { counted, countText } from './figures.ts';
import { badVerdicts, type Finding } from './findings.ts';
import { handoffDiagram } from './handoff-diagram.ts';
import type { Ink } from './ink.ts';
import { SHORT_ID } from './short-id.ts';
import { wrap, wrapBehind } from './wrap.ts';

const MOST_VERDICTS = 10;
const LONGEST_REASON = 600;
/** Columns of a reason above an alignment, which says the same at length. */
const LONGEST_HEADING = 120;
const LONGEST_NAME = 80;

const HandoffDetails = z.looseObject({
  handoffs: z.array(z.looseObject({ from: z.string(), to: z.string(), step: z.int() })),
  omitted: z.int(),
});

/** Lines about trials that went wrong: which, where they are written, and each verdict with its reason and alignment. */
export function findingLines(finding: Finding, ink: Ink, names: { agents: boolean }): string[] {
  const { result } = finding;
  const paint = ink.as[result.status];
  const title = wrap(titleText(finding, ink, names), ink.width === null ? null : ink.width - 2);
  const sign = ink.signs[result.status];
  const bad = badVerdicts(result);
  const lines = title.map((line, at) => paint(`${at === 0 ? sign : ' '} ${line}`));
  lines.push(...placeLines(finding, ink));
  if (bad.length === 0 || result.reason) {
    lines.push(...wrapBehind('    ', reasonText(result, ink), ink.width));
  }
  for (const verdict of bad.slice(0, MOST_VERDICTS)) {
    lines.push(...verdictLines(verdict, ink, '    '));
  }
  const left = bad.length - MOST_VERDICTS;
  if (left > 0) lines.push(ink.faint(`    ${ink.signs.ellipsis} ${left} more verdicts`));
  return lines;
}

/** Lines about one verdict: its path, why, and how the calls line up. */
export function verdictLines(verdict: Verdict, ink: Ink, indent: string): string[] {
  const role = verdict.required ? '' : ' (preferred)';
  const undecided = verdict.status === 'error' ? ' (undecided)' : '';
  const path = ink.line(verdict.path, LONGEST_NAME);
  const alignment = alignmentOf(verdict.details);
  const aligned = alignment !== null && alignment.items.length > 0;
  const reason = ink.line(verdict.reason, aligned ? LONGEST_HEADING : LONGEST_REASON);
  const head = `${indent}${ink.signs[verdict.status]} `;
  const lines = wrapBehind(head, `${path}${role}${undecided}: ${reason}`, ink.width);
  if (aligned) return [...lines, ...alignmentLines(alignment, ink, `${indent}    `)];
  return [...lines, ...passedControlLines(verdict.details, ink, `${indent}    `)];
}

/** How control was handed over, where the details of a verdict tell it. */
function passedControlLines(details: unknown, ink: Ink, indent: string): string[] {
  const told = HandoffDetails.safeParse(details).data;
  const handoffs = told?.handoffs ?? [];
  const width = ink.width === null ? null : ink.width - indent.length;
  const lines = handoffs.length < 2 ? [] : handoffDiagram(handoffs, ink, width); // one is said in words
  const left = told?.omitted ?? 0;
  if (left > 0) lines.push(`${ink.signs.ellipsis} ${counted(left, 'more hand-over')}`);
  return lines.map((line) => ink.faint(indent + line));
}

/** Why a trial has its status, where no verdict says it. */
export function reasonText(result: TrialResult, ink: Ink): string {
  if (result.reason) return ink.line(result.reason, LONGEST_REASON);
  return `No verdict says why; the trial ended with stop ${result.stop ?? 'not known'}`;
}

/** The task that a row is about, `no task named` for records that name none. */
export function taskText(task: string | null, ink: Ink): string {
  return task === null ? 'no task named' : ink.line(task, LONGEST_NAME);
}

function titleText(finding: Finding, ink: Ink, names: { agents: boolean }): string {
  const { result } = finding;
  const parts = [taskText(result.task, ink), numbersText(finding, ink)];
  if (result.attack !== null) parts.push(`attack ${ink.line(result.attack, LONGEST_NAME)}`);
  if (names.agents) {
    parts.push(
      `${ink.line(result.suite, LONGEST_NAME)} by ${ink.line(result.agent, LONGEST_NAME)}`,
    );
  }
  return parts.filter((part) => part !== '').join(` ${ink.signs.dot} `);
}

function numbersText({ numbers, count, row }: Finding, ink: Ink): string {
  const planned = row?.trials ?? count;
  if (planned === 1 && numbers[0] === 1) return '';
  const of = row?.numbers === undefined ? ` of ${countText(planned)}` : '';
  const more = count > numbers.length ? ` ${ink.signs.ellipsis} (${countText(count)} in all)` : '';
  return `trial${count === 1 ? '' : 's'} ${numbers.join(', ')}${more}${of}`;
}

function placeLines({ result, row }: Finding, ink: Ink): string[] {
  const at = row?.at ? `${ink.line(row.at.file, LONGEST_NAME)}:${row.at.line}` : '';
  const id = ink.line(result.id.slice(0, SHORT_ID));
  const text = [at, `trial ${id}`].filter((part) => part !== '').join('  ');
  return wrapBehind('    ', text, ink.width).map(ink.faint);
}
