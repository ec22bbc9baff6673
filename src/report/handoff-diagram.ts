import type { HandoffStep, Step } from '../model/trajectory.ts';
import { displayWidth } from './display-width.ts';
import { counted } from './figures.ts';
import type { Ink, Signs } from './ink.ts';
import { wrap } from './wrap.ts';

/** A hand-over with the index of its step. */
export interface DrawnHandoff {
  readonly from: string;
  readonly to: string;
  readonly step: number;
}

/** Hand-overs that are drawn from the start and from the end of a longer list. */
const FIRST = 16;
const LAST = 8;
const LONGEST_NAME = 16;
const LONGEST_LISTED = 40;
const LEAST_NAME = 6;
/** Actors beyond which lanes say less than a list. */
const MOST_LANES = 8;

/** Hand-overs of a trajectory in their order. */
export function handoffsIn(steps: readonly Step[]): DrawnHandoff[] {
  return steps.flatMap((step, index) => {
    if (step.type !== 'handoff') return [];
    const { from, to } = step as HandoffStep; // the tag says so
    return [{ from, to, step: index }];
  });
}

/** Draws hand-overs for a terminal, in columns of `width`, null for any number: a lane for each actor, or a list where lanes do not fit. */
export function handoffDiagram(
  handoffs: readonly DrawnHandoff[],
  ink: Ink,
  width: number | null,
): string[] {
  if (handoffs.length === 0) return [];
  const left = Math.max(0, handoffs.length - FIRST - LAST);
  const drawn = left > 1 ? [...handoffs.slice(0, FIRST), ...handoffs.slice(-LAST)] : handoffs;
  const digits = String(handoffs.at(-1)?.step ?? 0).length;
  const room = width === null ? null : width - digits - 1;
  const lanes = lanesOf(drawn, ink, room);
  const draw = lanes ? laneRow(lanes, ink.signs) : listRow(ink, room);
  const rows = drawn.map((handoff) => `${String(handoff.step).padStart(digits)} ${draw(handoff)}`);
  if (left > 1) rows.splice(FIRST, 0, `${ink.signs.ellipsis} ${counted(left, 'more hand-over')}`);
  const head = lanes ? [`${' '.repeat(digits)} ${headOf(lanes)}`] : [];
  return [...head, ...rows].flatMap((row) => (lanes ? row : wrap(row, width)));
}

interface Lanes {
  /** Number of each actor's lane. */
  readonly of: ReadonlyMap<string, number>;
  readonly names: readonly string[];
  readonly width: number;
}

/** A lane for each actor, null where they do not fit. */
function lanesOf(handoffs: readonly DrawnHandoff[], ink: Ink, room: number | null): Lanes | null {
  const of = new Map<string, number>();
  for (const { from, to } of handoffs) {
    for (const actor of [from, to]) if (!of.has(actor)) of.set(actor, of.size);
  }
  const most = room === null ? LONGEST_NAME : Math.floor(room / of.size) - 2;
  if (of.size > MOST_LANES || most < LEAST_NAME) return null;
  const names = [...of.keys()].map((actor) => ink.line(actor, Math.min(most, LONGEST_NAME)));
  return { of, names, width: Math.max(...names.map(displayWidth), LEAST_NAME) + 2 };
}

function headOf({ names, width }: Lanes): string {
  const cells = names.map((name) => name + ' '.repeat(width - displayWidth(name)));
  return cells.join('').trimEnd();
}

/** Draws an arrow between two lanes, over those between. */
function laneRow({ of, names, width }: Lanes, signs: Signs): (handoff: DrawnHandoff) => string {
  const empty = signs.lane.padEnd(width);
  return ({ from, to }) => {
    const [start, end] = [of.get(from) ?? 0, of.get(to) ?? 0];
    const [low, high] = [Math.min(start, end), Math.max(start, end)];
    const line = signs.rule.repeat(Math.max(0, (high - low) * width - 2));
    const arrow = start < end ? `${line}${signs.answer}` : `${signs.back}${line}`;
    const between =
      start === end ? `${signs.lane}${signs.other}`.padEnd(width) : signs.lane + arrow;
    const drawn = Math.max(1, high - low);
    return (empty.repeat(low) + between + empty.repeat(names.length - low - drawn)).trimEnd();
  };
}

function listRow(ink: Ink, room: number | null): (handoff: DrawnHandoff) => string {
  const longest = room === null ? LONGEST_LISTED : Math.max(LEAST_NAME, Math.floor(room / 2) - 2);
  const name = (actor: string) => ink.line(actor, Math.min(longest, LONGEST_LISTED));
  return ({ from, to }) => `${name(from)} ${ink.signs.answer} ${name(to)}`;
}
