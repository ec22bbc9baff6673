import { canonicalJson } from '../json/canonical.ts';
import { isObject } from '../json/object.ts';
import type { Call } from '../match/calls.ts';
import { placeholderIn } from '../match/placeholder.ts';
import { ABSENT } from '../match/tri.ts';
import type { View } from '../match/view.ts';
import type { Label } from '../model/label.ts';
import type { MessageStep } from '../model/trajectory.ts';
import type { TaskDraft } from './format.ts';
import { isPlainData } from './plain-data.ts';
import { callPattern, literally, matcherPattern } from './trajectory-to-suite.ts';

/** What a reviewer says of a trial. */
export type Review = Pick<Label, 'label' | 'note' | 'right' | 'wrong'>;

/** What is expected because of a review, and what a person should know or add. */
export interface ReviewedExpect {
  readonly expect: TaskDraft['expect'];
  readonly remarks: readonly string[];
}

/** What is gathered while the marks are gone through. */
interface Gathered {
  readonly inOrder: unknown[];
  readonly never: unknown[];
  readonly not: Record<string, unknown>[];
  /** Marks that nothing in a suite can say. */
  readonly wrongToo: string[];
  readonly rightToo: string[];
}

/** Draws expectations from what was marked: right calls are required in their order, wrong ones and wrong words must not come again; what cannot be said is undecided, so that it never passes. */
export function reviewedExpect(
  view: View,
  { label, right = [], wrong = [] }: Review,
): ReviewedExpect {
  const marked = { right: inSteps(right, view), wrong: inSteps(wrong, view) };
  const callAt = new Map(view.calls.map((call) => [call.step, call]));
  const rightCalls = marked.right.flatMap((step) => callAt.get(step) ?? []);
  const all: Gathered = { inOrder: [], never: [], not: [], wrongToo: [], rightToo: [] };
  for (const step of marked.right) takeRight(step, callAt.get(step), view, all);
  const times = timesByCall(view.calls, new Set(marked.wrong));
  for (const step of marked.wrong) {
    const call = callAt.get(step);
    if (call) takeWrongCall(call, rightCalls, times, all);
    else takeWrongWords(step, view, all);
  }
  const open = [
    ...(all.wrongToo.length > 0
      ? [`Wrong was ${all.wrongToo.join(', ')}: say what is expected`]
      : []),
    ...(label === 'fail' && marked.wrong.length === 0 ? [NOTHING_WRONG] : []),
  ];
  const expect = {
    ...(all.inOrder.length > 0 && { calls: { in_order: all.inOrder } }),
    ...(all.never.length > 0 && { never: unique(all.never) }),
    ...(all.not.length > 0 && { not: unique(all.not) }),
    ...(open.length > 0 && { stop: 'completed', undecided: open.join('; ') }),
  };
  const remarks = all.rightToo.map((what) => `Right was also ${what}: nothing here expects it`);
  return { expect, remarks };
}

const NOTHING_WRONG =
  'The reviewer says fail and marked nothing as wrong: say what is expected, and take this out';

function inSteps(marked: readonly number[], { steps }: View): number[] {
  const known = [...new Set(marked)].filter((step) => step >= 0 && step < steps.length);
  return known.sort((one, other) => one - other);
}

function takeRight(step: number, call: Call | undefined, view: View, all: Gathered): void {
  if (!call) all.rightToo.push(stepWords(step, view));
  else if (!isNameable(call.tool))
    all.rightToo.push(`step ${step}, a call that no pattern can name`);
  else {
    const args = isPlainData(call.args) ? call.args : null;
    all.inOrder.push(callPattern(call.tool, args));
    if (!isObject(args)) all.rightToo.push(`the arguments of step ${step}`);
  }
}

/** A wrong call, in a form that no right call meets. */
function takeWrongCall(
  { step, tool, args }: Call,
  rightCalls: readonly Call[],
  times: ReadonlyMap<string, number>,
  all: Gathered,
): void {
  if (!isNameable(tool) || !isObject(args) || !isPlainData(args)) {
    all.wrongToo.push(`step ${step}, a call that no pattern can name`);
    return;
  }
  const alike = rightCalls.filter((call) => call.tool === tool);
  const key = keyOf(tool, args);
  if (alike.some((call) => keyOf(tool, call.args) === key)) {
    // It was right before, so that once more is what is wrong
    const min = (times.get(key) ?? 0) + 1;
    all.not.push({ calls: { any_order: [callPattern(tool, args, { times: { min } })] } });
    return;
  }
  const isExact = Object.keys(args).length === 0 || alike.some((call) => isPart(args, call.args));
  all.never.push(isExact ? matcherPattern(tool, { $eq: args }) : callPattern(tool, args));
}

/** Whether arguments, which a pattern that forbids takes as a part, may be one of others. */
function isPart(args: Record<string, unknown>, others: unknown): boolean {
  if (!isObject(others)) return true;
  return Object.entries(args).every(([name, value]) => {
    if (!Object.hasOwn(others, name)) return false;
    const isNested = typeof value === 'object' && value !== null;
    return isNested || value === others[name];
  });
}

/** How often each call was made that was not wrong. */
function timesByCall(calls: readonly Call[], wrong: ReadonlySet<number>): Map<string, number> {
  const times = new Map<string, number>();
  for (const { step, tool, args } of calls) {
    if (wrong.has(step) || !isPlainData(args)) continue;
    const key = keyOf(tool, args);
    times.set(key, (times.get(key) ?? 0) + 1);
  }
  return times;
}

/** Something said that was wrong: as the final answer, or anywhere before it. */
function takeWrongWords(step: number, view: View, all: Gathered): void {
  const final = view.answer();
  if (final !== ABSENT && final.step === step && final.text !== '') {
    all.not.push({ answer: literally(final.text) });
    return;
  }
  const said = view.said().find((one) => one.step === step);
  if (said && /[\p{L}\p{N}]/u.test(said.text)) all.not.push({ says: [literally(said.text)] });
  else all.wrongToo.push(stepWords(step, view));
}

function stepWords(step: number, { steps }: View): string {
  const one = steps[step];
  const what = one?.type === 'message' ? `message of ${(one as MessageStep).role}` : one?.type; // the tag says so
  return `step ${step} (${String(what).replaceAll('_', ' ')})`;
}

/** Whether a pattern can name a tool without naming others, too. */
export function isNameable(tool: string): boolean {
  return (
    tool !== '' && !tool.includes('*') && placeholderIn(tool) === null && !/\p{Cc}/u.test(tool)
  );
}

function keyOf(tool: string, args: unknown): string {
  return `${tool}\0${isPlainData(args) ? canonicalJson(args) : ''}`;
}

function unique<Item>(items: readonly Item[]): Item[] {
  return [...new Map(items.map((item) => [canonicalJson(item), item])).values()];
}
