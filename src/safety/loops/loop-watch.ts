import type { Call } from '../../match/calls.ts';
import { mayWrite } from '../../match/effects.ts';
import { ordinal } from '../../match/ordinal.ts';
import { cut, showCall } from '../../match/show.ts';
import { wildcard } from '../../match/wildcard.ts';
import type { Tools } from '../../model/tool.ts';
import { type CallNumbers, callNumbers } from './call-numbers.ts';
import { cycleWatch, ROUNDS } from './cycle-watch.ts';

/** What counts as a loop: ceilings that allow n, and tools that may be asked again and again. */
export interface LoopRule {
  readonly repeats?: number | undefined;
  readonly errors?: number | undefined;
  readonly stalled?: number | undefined;
  readonly poll?: readonly string[] | undefined;
}

/** Kinds of loops, the plainest first: where several have formed, it says best what went wrong. */
export const LOOP_SIGNALS = ['repeats', 'cycle', 'handoffs', 'errors', 'stalled'] as const;
export type LoopSignal = (typeof LOOP_SIGNALS)[number];

/** A loop that has formed. */
export interface Loop {
  readonly signal: LoopSignal;
  readonly reason: string;
  /** Indexes of the steps that make it up. */
  readonly steps: readonly number[];
}

/** Control that passed from one actor to another, with the index of its step. */
export interface PassedControl {
  readonly from: string;
  readonly to: string;
  readonly step: number;
}

/** Looks for loops while what happens comes in, in the order of the calls; each answers the loop that it completes, the first of its signal only. */
export interface LoopWatch {
  /** A call with what came of it. */
  call(call: Call): Loop | null;
  handoff(handoff: PassedControl): Loop | null;
  /** The user spoke: something new came from outside. */
  heard(): null;
}

const REPEATS = 3;
/** Unless given; never stricter than what `repeats` allows. */
const ERRORS = 5;
const STALLED = 12;

/** Starts to watch. Takes the same time for each call, and remembers each that differs. */
export function loopWatch(rule: LoopRule, tools: Tools | null): LoopWatch {
  const { repeats = REPEATS, poll = [] } = rule;
  const { errors = Math.max(ERRORS, repeats), stalled = Math.max(STALLED, 2 * repeats) } = rule;
  const polled = poll.map(wildcard);
  const numbered = callNumbers();
  const repeating = once(repeatWatch(repeats));
  const cycling = once(callCycleWatch());
  const failing = once(failureWatch(errors));
  const passing = once(handoffCycleWatch());
  const stalling = stallWatch(stalled, tools);
  const standing = once(stalling.call);
  return {
    call: (call) => {
      if (polled.some((is) => is(call.tool))) return null;
      const numbers = numbered(call);
      const both = `${numbers.did} ${numbers.came}`;
      // Each must see the call, whatever another finds
      const found = [
        repeating(call, both),
        cycling(call, both),
        failing(call),
        standing(call, numbers),
      ];
      return found.find((loop) => loop !== null) ?? null;
    },
    handoff: (handoff) => passing(handoff),
    heard: () => stalling.reset(),
  };
}

/** Lets what looks for loops find one, and rest then. */
function once<Given extends unknown[]>(
  look: (...given: Given) => Loop | null,
): (...given: Given) => Loop | null {
  let isFound = false;
  return (...given) => {
    const found = isFound ? null : look(...given);
    isFound ||= found !== null;
    return found;
  };
}

function repeatWatch(most: number): (call: Call, key: string) => Loop | null {
  const byKey = new Map<string, number[]>();
  return (call, key) => {
    const same = byKey.get(key) ?? [];
    same.push(call.step);
    byKey.set(key, same);
    if (same.length <= most) return null;
    const shown = showCall(cut(call.tool, 80), call.args);
    const often = ordinal(same.length);
    const reason = `Step ${call.step} calls ${shown} for the ${often} time with the same result`;
    return { signal: 'repeats', reason, steps: same.slice() };
  };
}

function callCycleWatch(): (call: Call, key: string) => Loop | null {
  const watch = cycleWatch<Call>();
  return (call, key) => {
    const found = watch(key, call);
    if (!found) return null;
    const names = found.items.slice(0, found.length).map(({ tool }) => cut(tool, 80));
    const steps = found.items.map(({ step }) => step);
    const reason = `The calls ${names.join(', ')} go round ${ROUNDS} times from step ${steps[0]}`;
    return { signal: 'cycle', reason, steps };
  };
}

function handoffCycleWatch(): (handoff: PassedControl) => Loop | null {
  const watch = cycleWatch<PassedControl>();
  return (handoff) => {
    const found = watch(JSON.stringify([handoff.from, handoff.to]), handoff);
    if (!found) return null;
    const steps = found.items.map(({ step }) => step);
    const names = found.items.slice(0, found.length).map(({ from }) => cut(from, 80));
    const often = `${ROUNDS} times from step ${steps[0]}`;
    const reason =
      found.length === 2
        ? `${names.join(' and ')} hand over to each other ${often}`
        : `Control goes round ${names.join(' → ')} ${often}`;
    return { signal: 'handoffs', reason, steps };
  };
}

/** Failing answers in a row: of one tool, whatever stands between, and of any tools. A call whose answer is not known ends no row. */
function failureWatch(most: number): (call: Call) => Loop | null {
  const byTool = new Map<string, number[]>();
  let any: number[] = [];
  return ({ tool, status, step }) => {
    if (status === 'ok') {
      byTool.delete(tool);
      any = [];
    }
    if (status !== 'failed' && status !== 'blocked') return null;
    const row = byTool.get(tool) ?? [];
    row.push(step);
    byTool.set(tool, row);
    any.push(step);
    const from = (steps: readonly number[]) =>
      `${steps.length} times in a row from step ${steps[0]}`;
    if (row.length > most)
      return {
        signal: 'errors',
        reason: `${cut(tool, 80)} fails ${from(row)}`,
        steps: row.slice(),
      };
    if (any.length <= most) return null;
    const reason = `Calls fail ${from(any)}, whatever the tool`;
    return { signal: 'errors', reason, steps: any.slice() };
  };
}

/** Calls in a row by which nothing new came: no result that was not seen before, and no write that was not done before. */
function stallWatch(most: number, tools: Tools | null) {
  const done = new Set<number>();
  const seen = new Set<number>();
  let row: number[] = [];
  const isNews = ({ tool, status }: Call, { did, came }: CallNumbers): boolean => {
    if (status === 'failed' || status === 'blocked') return false;
    const isNewlyDone = isAdded(done, did);
    if (status === 'unknown') return isNewlyDone;
    const isNewlySeen = isAdded(seen, came);
    return isNewlySeen || (isNewlyDone && mayWrite(tools, tool));
  };
  return {
    call: (call: Call, numbers: CallNumbers): Loop | null => {
      if (isNews(call, numbers)) row = [];
      else row.push(call.step);
      if (row.length <= most) return null;
      const reason = `Nothing new came of ${row.length} calls in a row from step ${row[0]}`;
      return { signal: 'stalled', reason, steps: row.slice() };
    },
    reset: () => {
      row = [];
      return null;
    },
  };
}

function isAdded(set: Set<number>, number: number): boolean {
  const before = set.size;
  return set.add(number).size > before;
}
