import { alignTrajectories } from '../../diff/align-trajectories.ts';
import type { ShownTrial } from '../../diff/diff.ts';
import type { StepDiff, StepPair } from '../../diff/step-diff.ts';
import { cut, showCall, showValue } from '../../match/show.ts';
import type { Difference } from '../../model/alignment.ts';
import type { Step, ToolCallStep } from '../../model/trajectory.ts';
import { displayWidth } from '../display-width.ts';
import { counted } from '../figures.ts';
import type { Ink } from '../ink.ts';
import { stepText, whoTook } from '../step-lines.ts';
import { wrapBehind } from '../wrap.ts';
import { type BothSteps, foldedPairs } from './folded-pairs.ts';

/** Columns from which on both sides stand beside each other. */
const WIDE = 100;
/** Columns of a step on lines of any length. */
const LONGEST_STEP = 160;
const LONGEST_CALL = 400;
const LONGEST_VALUE = 140;
const LONGEST_DIFFERENCE = 400;
const MOST_PAIRS = 12;
const MOST_DIFFERENCES = 8;
const INDENT = '  ';

/** The two trials of a task. */
export interface TrialPair {
  readonly base: ShownTrial | null;
  readonly head: ShownTrial | null;
}

/** Lines of two trials step by step: what is equal is folded, the first divergence is marked, and what differs is named. */
export function alignedLines({ base, head }: TrialPair, ink: Ink): string[] {
  const [one, other] = [base?.trajectory ?? null, head?.trajectory ?? null];
  if (one === null || other === null) {
    const side = one === null ? (other === null ? 'either run' : 'base') : 'head';
    return wrapBehind(
      INDENT,
      `The steps of ${side} were not kept, so they cannot be aligned`,
      ink.width,
    );
  }
  const diff = alignTrajectories(one, other);
  const steps = { base: one.steps, head: other.steps };
  const isWide = ink.width !== null && ink.width >= WIDE;
  const lines = isWide ? wideHead(ink) : [];
  for (const each of foldedPairs(diff, steps, MOST_PAIRS)) {
    if ('fold' in each) {
      lines.push(
        ...wrapBehind(`${INDENT}${ink.signs.ellipsis} `, each.fold, ink.width).map(ink.faint),
      );
      continue;
    }
    const pair = diff.pairs[each.index];
    if (!pair) continue;
    if (each.index === diff.divergence) lines.push(...divergenceLines('', ink));
    lines.push(...(isWide ? wideLines(pair, steps, ink) : narrowLines(pair, steps, ink)));
    lines.push(...differenceLines(pair, ink));
  }
  return [...lines, ...endLines(diff, ink)];
}

function endLines({ divergence, pairs, stops, exact }: StepDiff, ink: Ink): string[] {
  const end = `base ended ${stops.base ?? 'not known'}, head ${stops.head ?? 'not known'}`;
  return [
    ...(divergence === null ? wrapBehind(INDENT, 'Both did the same', ink.width) : []),
    ...(divergence === pairs.length ? divergenceLines(`: ${ink.line(end)}`, ink) : []),
    ...(stops.base !== stops.head && divergence !== pairs.length
      ? wrapBehind(INDENT, ink.line(end), ink.width)
      : []),
    ...(exact
      ? []
      : wrapBehind(
          INDENT,
          'Too long and too different for the best alignment; this is a good one',
          ink.width,
        )),
  ];
}

function divergenceLines(more: string, ink: Ink): string[] {
  return wrapBehind(`${ink.signs.divergence} `, `first divergence${more}`, ink.width).map(
    ink.strong,
  );
}

/** Both sides in columns of equal width. */
function wideLines(pair: StepPair, steps: BothSteps, ink: Ink): string[] {
  const room = columnWidth(ink);
  const [left, right] = [
    cellOf(pair.base, steps.base, ink, room),
    cellOf(pair.head, steps.head, ink, room),
  ];
  const gap = ' '.repeat(room - displayWidth(left));
  return [paintOf(pair, ink)(`${INDENT}${left}${gap} ${signOf(pair, ink)} ${right}`)];
}

function wideHead(ink: Ink): string[] {
  const room = columnWidth(ink);
  return [ink.faint(`${INDENT}${'base'.padEnd(room)}   head`)];
}

function columnWidth({ width }: Ink): number {
  return Math.floor(((width ?? WIDE) - INDENT.length - 3) / 2);
}

/** One side under the other, behind the marks of a patch; one line where both are equal. */
function narrowLines(pair: StepPair, steps: BothSteps, ink: Ink): string[] {
  const room = ink.width === null ? LONGEST_STEP : Math.max(ink.width - 2, 8);
  const line = (mark: string, index: number | null, side: readonly Step[]) =>
    index === null ? [] : [`${mark} ${cellOf(index, side, ink, room)}`];
  const paint = paintOf(pair, ink);
  if (pair.kind === 'same') return line(' ', pair.base, steps.base).map(paint);
  return [...line('-', pair.base, steps.base), ...line('+', pair.head, steps.head)].map(paint);
}

/** A step in one line of at most `room` columns; empty where there is none. */
function cellOf(index: number | null, steps: readonly Step[], ink: Ink, room: number): string {
  const step = index === null ? undefined : steps[index];
  if (step === undefined) return '';
  return ink.line(`${index} ${wordsOf(step, ink)}`, room);
}

function wordsOf(step: Step, ink: Ink): string {
  if (step.type === 'tool_call') {
    const { tool, args, args_missing } = step as ToolCallStep; // the tag says so
    if (args_missing === undefined) return `call ${showCall(tool, args, LONGEST_CALL)}`;
  }
  const { type, text } = stepText(step);
  if (type === 'message') return `${whoTook(step)} ${text}`;
  return type === 'result' ? `result ${ink.signs.answer} ${text}` : `${type} ${text}`;
}

/** What differs: each place with both values. */
function differenceLines({ kind, differences, omitted }: StepPair, ink: Ink): string[] {
  if (kind === 'reworded') return [];
  const shown = differences.slice(0, MOST_DIFFERENCES);
  const left = differences.length - shown.length + omitted;
  const texts = shown.map((difference) =>
    ink.line(differenceText(difference, ink.signs.answer), LONGEST_DIFFERENCE),
  );
  if (left > 0) texts.push(`${ink.signs.ellipsis} ${counted(left, 'more difference')}`);
  return texts.flatMap((text) => wrapBehind(`${INDENT}${INDENT}`, text, ink.width));
}

/** A difference in words: `amount: 4.9 → 42.5`. */
export function differenceText({ path, kind, was, wanted }: Difference, arrow: string): string {
  const name = path === '' ? 'all of it' : path;
  const before = kind === 'missing' ? 'nothing' : showValue(was, LONGEST_VALUE);
  const note = kind === 'unknown' ? ' (cannot be compared)' : '';
  return `${name}: ${before} ${arrow} ${cut(wanted ?? 'nothing', LONGEST_VALUE)}${note}`;
}

function signOf({ kind }: StepPair, { signs }: Ink): string {
  const shown = { same: ' ', reworded: '~', changed: signs.near, only_base: '-', only_head: '+' };
  return shown[kind satisfies keyof typeof shown];
}

function paintOf({ kind }: StepPair, ink: Ink): (text: string) => string {
  if (kind === 'same' || kind === 'reworded') return ink.faint;
  return kind === 'only_head' ? ink.as.pass : kind === 'only_base' ? ink.as.fail : ink.as.error;
}
