import * as z from 'zod';
import { cut, showValue } from '../match/show.ts';
import { Alignment, type AlignmentItem, type Difference } from '../model/alignment.ts';
import { displayWidth } from './display-width.ts';
import type { Ink } from './ink.ts';
import { wrapBehind } from './wrap.ts';

const MOST_ITEMS = 20;
/** Columns of a call on a line of any length. */
const LONGEST_CALL = 200;
const LONGEST_VALUE = 80;

const Details = z.looseObject({ alignment: Alignment });

/** What to leave out first when an alignment is long. */
const rank = { near: 0, missing: 0, unexpected: 0, matched: 1, other: 2 } satisfies Record<
  AlignmentItem['kind'],
  number
>;

/** The alignment in a verdict's details, null where there is none. */
export function alignmentOf(details: unknown): Alignment | null {
  return Details.safeParse(details).data?.alignment ?? null;
}

/** Lines that show how the calls made line up with those expected: a sign, the step, and what differs. */
export function alignmentLines(alignment: Alignment, ink: Ink, indent: string): string[] {
  const items = weightiest(alignment.items);
  const labelWidth = Math.max(0, ...items.map((item) => label(item).length));
  const lines = items.flatMap((item) => itemLines(item, ink, indent, labelWidth));
  const left = alignment.items.length - items.length + alignment.omitted;
  if (left > 0) lines.push(ink.faint(`${indent}${ink.signs.ellipsis} ${left} more`));
  return lines;
}

/** What differs, in words: `amount was 99, wanted at most 42.5`; long values are cut in the middle. */
export function differenceText({ path: at, kind, was, ...more }: Difference): string {
  const path = at === '' ? 'arguments' : at;
  const value = showValue(was, LONGEST_VALUE);
  const wanted = more.wanted === undefined ? undefined : cut(more.wanted, LONGEST_VALUE);
  const wish = wanted === undefined ? '' : `, wanted ${wanted}`;
  if (kind === 'missing') return `${path} is missing${wish}`;
  if (kind === 'unexpected') return `${path} was ${value}, wanted nothing there`;
  if (kind === 'unknown') return `${path} was ${value}, which cannot be compared${wish}`;
  return `${path} was ${value}${wish}`;
}

function weightiest(items: readonly AlignmentItem[]): AlignmentItem[] {
  if (items.length <= MOST_ITEMS) return [...items];
  const kept = [...items.keys()]
    .sort((a, b) => rankAt(items, a) - rankAt(items, b) || a - b)
    .slice(0, MOST_ITEMS);
  const chosen = new Set(kept);
  return items.filter((_, index) => chosen.has(index));
}

function rankAt(items: readonly AlignmentItem[], index: number): number {
  const item = items[index];
  return item ? rank[item.kind] : 0;
}

function label(item: AlignmentItem): string {
  return item.step === undefined ? 'missing' : `step ${item.step}`;
}

function itemLines(item: AlignmentItem, ink: Ink, indent: string, labelWidth: number): string[] {
  const { sign, paint } = dress(item.kind, ink);
  const start = `${indent}${sign} ${label(item).padEnd(labelWidth)}  `;
  const room = ink.width === null ? LONGEST_CALL : ink.width - start.length;
  const texts =
    item.kind === 'near' ? nearTexts(item, ink) : [callText(item, ink, Math.max(room, 40))];
  const under = ' '.repeat(displayWidth(start) + 2);
  return texts
    .flatMap((text, at) => wrapBehind(at === 0 ? start : under, text, ink.width))
    .map(paint);
}

function dress(kind: AlignmentItem['kind'], ink: Ink) {
  const { signs, as, faint } = ink;
  const dresses = {
    matched: { sign: signs.pass, paint: faint },
    near: { sign: signs.near, paint: as.fail },
    missing: { sign: signs.missing, paint: as.fail },
    unexpected: { sign: signs.unexpected, paint: as.fail },
    other: { sign: signs.other, paint: faint },
  } satisfies Record<AlignmentItem['kind'], unknown>;
  return dresses[kind];
}

function callText(item: AlignmentItem, ink: Ink, room: number): string {
  if (item.kind === 'missing') return ink.line(item.wanted ?? '', room);
  if (item.kind !== 'unexpected') return ink.line(item.call ?? item.wanted ?? '', room);
  const note = ' not allowed';
  return ink.line(item.call ?? '', Math.max(room - note.length, 6)) + note;
}

/** The tool with the one thing that differs, or with each on a line of its own. */
function nearTexts(item: AlignmentItem, ink: Ink): string[] {
  const call = item.call ?? item.wanted ?? '';
  const tool = ink.line(call.split('(', 1)[0] ?? call, LONGEST_VALUE);
  const texts = (item.differences ?? []).map((each) =>
    ink.line(differenceText(each), LONGEST_CALL),
  );
  const [only] = texts;
  if (only === undefined) return [`${ink.line(call, LONGEST_CALL)} out of order`];
  return texts.length === 1 ? [`${tool}: ${only}`] : [tool, ...texts];
}
