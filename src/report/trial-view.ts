import { type Call, pairCalls } from '../match/calls.ts';
import type { PlanRow } from '../model/plan.ts';
import type { Trajectory } from '../model/trajectory.ts';
import type { TrialResult } from '../model/trial-result.ts';
import type { Verdict } from '../model/verdict.ts';
import { ballotLines } from './ballot-lines.ts';
import { blastText } from './blast-text.ts';
import { counted, durationText, moneyText, scoreText } from './figures.ts';
import { reasonText, taskText, verdictLines } from './finding-lines.ts';
import { handoffDiagram, handoffsIn } from './handoff-diagram.ts';
import type { Ink } from './ink.ts';
import { bodyLines, stepText, whoTook } from './step-lines.ts';
import { LEAST_ROOM, wrap, wrapBehind } from './wrap.ts';

/** A trial with all that is kept of it. */
export interface TrialView {
  readonly row: PlanRow | undefined;
  readonly result: TrialResult;
  readonly trajectory: Trajectory | null;
  /** Neither status nor score is told: who looks at it is to judge it. */
  readonly isBlind?: boolean;
}

/** Steps from the start and from the end that are shown of a longer trajectory, unless it is shown in full. */
const FIRST_STEPS = 300;
const LAST_STEPS = 100;
const LONGEST_WHO = 16;
const TYPE_WIDTH = 8;

/** Yields the lines of one trial: what it is, its steps with what judges point at, and every verdict. */
export function* trialLines(view: TrialView, ink: Ink, full: boolean): Iterable<string> {
  yield* headLines(view, ink);
  yield '';
  if (view.trajectory === null) yield 'No trajectory was kept for this trial';
  else {
    yield* handoffLines(view.trajectory, ink);
    yield* stepLines(view.trajectory, view.result.verdicts, ink, full);
  }
  yield '';
  yield* allVerdictLines(view.result, ink, full);
}

function* handoffLines({ steps }: Trajectory, ink: Ink): Iterable<string> {
  const lines = handoffDiagram(handoffsIn(steps), ink, ink.width);
  if (lines.length > 0) yield* [ink.strong('Hand-overs'), ...lines, ''];
}

function* headLines({ row, result, isBlind = false }: TrialView, ink: Ink): Iterable<string> {
  const separator = ` ${ink.signs.dot} `;
  const of = row === undefined || row.numbers ? '' : ` of ${row.trials}`;
  const title = [
    taskText(result.task, ink),
    `trial ${result.trial}${of}`,
    ...(result.attack === null ? [] : [`attack ${ink.line(result.attack, 80)}`]),
    `${ink.line(result.suite, 80)} by ${ink.line(result.agent, 80)}`,
  ].join(separator);
  const paint = isBlind ? ink.strong : ink.as[result.status];
  const sign = isBlind ? ink.signs.dot : ink.signs[result.status];
  yield* wrapBehind(`${sign} `, title, ink.width).map(paint);
  const facts = factsOf(result, ink).slice(isBlind ? 2 : 0);
  yield* wrapBehind('  ', facts.join(separator), ink.width);
  const reach = result.blast_radius ? blastText(result.blast_radius) : '';
  if (reach !== '') yield* wrapBehind('  ', reach, ink.width);
  const at = row?.at ? `${ink.line(row.at.file, 200)}:${row.at.line}  ` : '';
  yield* wrapBehind('  ', `${at}trial ${ink.line(result.id)}`, ink.width).map(ink.faint);
  if (result.reason && !isBlind) {
    yield* wrapBehind('  ', reasonText(result, ink), ink.width).map(paint);
  }
}

/** Status and score first. */
function factsOf(result: TrialResult, ink: Ink): string[] {
  const { turns, tool_calls, input_tokens, output_tokens, cost_usd, duration_ms } = result;
  const { judge_cost_usd: judges = null } = result;
  const tokens = input_tokens === null && output_tokens === null;
  return [
    result.status,
    `score ${scoreText(result.score, ink.signs.none)}`,
    `stop ${result.stop ?? 'not known'}`,
    turns === null ? [] : counted(turns, 'turn'),
    tool_calls === null ? [] : counted(tool_calls, 'call'),
    tokens ? [] : counted((input_tokens ?? 0) + (output_tokens ?? 0), 'token'),
    cost_usd === null ? [] : moneyText(cost_usd),
    judges === null ? [] : `judges ${moneyText(judges)}`,
    duration_ms === null ? [] : durationText(duration_ms),
  ].flat();
}

/** What it takes to show any step. */
interface Scene {
  readonly steps: Trajectory['steps'];
  readonly pointing: ReadonlyMap<number, Verdict[]>;
  /** Widths of the columns before a step's text. */
  readonly widths: { readonly index: number; readonly time: number; readonly who: number };
  readonly ink: Ink;
  readonly full: boolean;
}

function* stepLines(
  { steps }: Trajectory,
  verdicts: readonly Verdict[],
  ink: Ink,
  full: boolean,
): Iterable<string> {
  const { calls, fault } = pairCalls(steps);
  const callAt = new Map(calls.map((call) => [call.step, call]));
  const below = new Set(calls.flatMap((call) => [call.resultStep, ...decisionAfter(call)]));
  const scene = { steps, pointing: pointedAt(verdicts), widths: widthsOf(steps), ink, full };
  const hidden = full ? 0 : Math.max(0, steps.length - FIRST_STEPS - LAST_STEPS);
  yield ink.strong('Steps');
  if (fault !== null) {
    yield* wrapBehind(`${ink.signs.error} `, ink.line(fault), ink.width).map(ink.as.error);
  }
  for (let index = 0; index < steps.length; index++) {
    if (hidden > 0 && index === FIRST_STEPS) {
      yield ink.faint(`${ink.signs.ellipsis} ${counted(hidden, 'more step')}: --full shows all`);
      index += hidden;
    }
    if (below.has(index)) continue;
    yield* oneStep(index, scene);
    const call = callAt.get(index);
    if (call) yield* answerOf(call, scene);
  }
}

/** The step in which a person decided about a call that waited, none where nobody did or it was decided before. */
function decisionAfter({ approval, step }: Call): number[] {
  return approval > step ? [approval] : [];
}

function* answerOf(call: Call, scene: Scene): Iterable<string> {
  const { ink, steps } = scene;
  for (const index of decisionAfter(call)) yield* oneStep(index, scene);
  if (call.resultStep < steps.length) yield* oneStep(call.resultStep, scene);
  else yield ink.faint(`${textIndent(scene)}${ink.signs.answer} no result`);
}

function* oneStep(index: number, scene: Scene): Iterable<string> {
  const { steps, pointing, widths, ink, full } = scene;
  const step = steps[index];
  if (!step) return;
  const { type, text } = stepText(step);
  const marks = pointing.get(index) ?? [];
  const [mark] = marks;
  const head = [
    mark ? ink.signs[mark.status] : ' ',
    String(index).padStart(widths.index),
    ...(widths.time > 0 ? [timeOf(step).padStart(widths.time)] : []),
    ink.line(whoTook(step), widths.who).padEnd(widths.who),
    ink.line(type, TYPE_WIDTH).padEnd(TYPE_WIDTH),
    ...(type === 'result' ? [ink.signs.answer] : []),
    '',
  ].join(' ');
  const lines = bodyLines(head, text, ink, full);
  yield* mark && mark.status !== 'pass' ? lines.map(ink.as[mark.status]) : lines;
  yield* markLines(marks, textIndent(scene), ink);
}

/** Spaces up to the column of the steps' texts, few where that leaves no room. */
function textIndent({ widths: { index, time, who }, ink }: Scene): string {
  const column = 2 + index + 1 + (time > 0 ? time + 1 : 0) + who + 1 + TYPE_WIDTH + 1;
  return ' '.repeat(ink.width !== null && ink.width - column < LEAST_ROOM ? 4 : column);
}

function widthsOf(steps: Trajectory['steps']): Scene['widths'] {
  let time = 0;
  let who = 0;
  for (const step of steps) {
    time = Math.max(time, timeOf(step).length);
    who = Math.max(who, Math.min(whoTook(step).length, LONGEST_WHO));
  }
  return { index: String(steps.length).length, time, who };
}

function timeOf(step: Trajectory['steps'][number]): string {
  return 'at_ms' in step && typeof step.at_ms === 'number' ? durationText(step.at_ms) : '';
}

/** Names the verdicts that point at a step and did not pass. */
function markLines(marks: readonly Verdict[], indent: string, ink: Ink): string[] {
  return marks
    .filter(({ status }) => status !== 'pass')
    .slice(0, 5)
    .flatMap(({ status, path }) =>
      wrapBehind(`${indent}${ink.signs[status]} `, ink.line(path, 80), ink.width).map(
        ink.as[status],
      ),
    );
}

const worst = { fail: 0, error: 1, pass: 2 } satisfies Record<Verdict['status'], number>;

function pointedAt(verdicts: readonly Verdict[]): Map<number, Verdict[]> {
  const pointing = new Map<number, Verdict[]>();
  for (const verdict of [...verdicts].sort((a, b) => worst[a.status] - worst[b.status])) {
    for (const index of new Set(verdict.evidence)) {
      const known = pointing.get(index);
      if (known) known.push(verdict);
      else pointing.set(index, [verdict]);
    }
  }
  return pointing;
}

function* allVerdictLines(result: TrialResult, ink: Ink, full: boolean): Iterable<string> {
  yield* wrap('Verdicts', ink.width).map(ink.strong);
  if (result.verdicts.length === 0) {
    yield result.status === 'error' ? '  nothing was judged' : '  none were asked for';
  }
  for (const verdict of result.verdicts) {
    const lines = verdictLines(verdict, ink, '  ');
    const [first = '', ...rest] = lines;
    yield ink.as[verdict.status](first);
    yield* rest;
    yield* ballotLines(verdict, ink, '      ', full);
    if (verdict.evidence.length > 0) {
      const steps = verdict.evidence.slice(0, 20).join(', ');
      const more = verdict.evidence.length > 20 ? ` ${ink.signs.ellipsis}` : '';
      const name = verdict.evidence.length === 1 ? 'step' : 'steps';
      yield* wrapBehind('      ', `${name} ${steps}${more}`, ink.width).map(ink.faint);
    }
  }
}
