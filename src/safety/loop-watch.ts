import { sha256Hex } from '../json/digest.ts';
import { callKey, cameKey } from '../match/call-key.ts';
import type { Call } from '../match/calls.ts';
import { mayWrite } from '../match/effects.ts';
import { ordinal } from '../match/ordinal.ts';
import { cut, showCall } from '../match/show.ts';
import { wildcard } from '../match/wildcard.ts';
import type { Tools } from '../model/tool.ts';
import { type CycleWatch, cycleWatch, ROUNDS } from './cycle-watch.ts';

/** What counts as a loop: ceilings that allow n, and tools that may be asked again and again. */
export interface LoopRule {
  readonly repeats?: number | undefined;
  readonly errors?: number | undefined;
  readonly stalled?: number | undefined;
  readonly poll?: readonly string[] | undefined;
}

/** A loop that has formed. */
export interface Loop {
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

/** Looks for loops while what happens comes in, in the order of the calls; each answers the first loop that it completes. */
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

/** Starts to watch. Takes the same time for each call, and remembers a digest of each that differs. */
export function loopWatch(rule: LoopRule, tools: Tools | null): LoopWatch {
  const { repeats = REPEATS, poll = [] } = rule;
  const { errors = Math.max(ERRORS, repeats), stalled = Math.max(STALLED, 2 * repeats) } = rule;
  const polled = poll.map(wildcard);
  const repeating = repeatWatch(repeats);
  const cycling = cycleWatch<Call>();
  const failing = failureWatch(errors);
  const passing = cycleWatch<PassedControl>();
  const stalling = stallWatch(stalled, tools);
  return {
    call: (call) => {
      if (polled.some((is) => is(call.tool))) return null;
      const keys = keysOf(call);
      // Each must see the call, whatever another finds
      const found = [
        repeating(call, keys.both),
        cycleOfCalls(cycling, call, keys.both),
        failing(call),
        stalling.call(call, keys),
      ];
      return found.find((loop) => loop !== null) ?? null;
    },
    handoff: (handoff) => cycleOfHandoffs(passing, handoff),
    heard: () => stalling.reset(),
  };
}

/** Texts that are the same for calls that did, or came to, the same. */
interface Keys {
  readonly did: string;
  readonly came: string;
  readonly both: string;
}

function keysOf(call: Call): Keys {
  const did = callKey(call);
  const came = cameKey(call);
  return {
    did: short(did),
    came: short(`${call.tool}\n${came}`),
    both: short(`${did}\n${came}`),
  };
}

/** A text or its digest, which no key can be: each has a line feed. */
function short(text: string): string {
  return text.length <= 64 ? text : sha256Hex(text);
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
    return { reason, steps: same.slice() };
  };
}

function cycleOfCalls(watch: CycleWatch<Call>, call: Call, key: string): Loop | null {
  const found = watch(key, call);
  if (!found) return null;
  const names = found.items.slice(0, found.length).map(({ tool }) => cut(tool, 80));
  const steps = found.items.map(({ step }) => step);
  const reason = `The calls ${names.join(', ')} go round ${ROUNDS} times from step ${steps[0]}`;
  return { reason, steps };
}

function cycleOfHandoffs(watch: CycleWatch<PassedControl>, handoff: PassedControl): Loop | null {
  const found = watch(JSON.stringify([handoff.from, handoff.to]), handoff);
  if (!found) return null;
  const steps = found.items.map(({ step }) => step);
  const round = found.items.slice(0, found.length);
  const names = round.map(({ from }) => cut(from, 80));
  const often = `${ROUNDS} times from step ${steps[0]}`;
  const reason =
    found.length === 2
      ? `${names.join(' and ')} hand over to each other ${often}`
      : `Control goes round ${names.join(' → ')} ${often}`;
  return { reason, steps };
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
      return { reason: `${cut(tool, 80)} fails ${from(row)}`, steps: row.slice() };
    if (any.length <= most) return null;
    return { reason: `Calls fail ${from(any)}, whatever the tool`, steps: any.slice() };
  };
}

/** Calls in a row by which nothing new came: no result that was not seen before, and no write that was not done before. */
function stallWatch(most: number, tools: Tools | null) {
  const done = new Set<string>();
  const seen = new Set<string>();
  let row: number[] = [];
  const isNews = ({ tool, status }: Call, { did, came }: Keys): boolean => {
    if (status === 'failed' || status === 'blocked') return false;
    const isNewlyDone = isAdded(done, did);
    if (status === 'unknown') return isNewlyDone;
    const isNewlySeen = isAdded(seen, came);
    return isNewlySeen || (isNewlyDone && mayWrite(tools, tool));
  };
  return {
    call: (call: Call, keys: Keys): Loop | null => {
      if (isNews(call, keys)) row = [];
      else row.push(call.step);
      if (row.length <= most) return null;
      const reason = `Nothing new came of ${row.length} calls in a row from step ${row[0]}`;
      return { reason, steps: row.slice() };
    },
    reset: () => {
      row = [];
      return null;
    },
  };
}

function isAdded(set: Set<string>, text: string): boolean {
  const before = set.size;
  return set.add(text).size > before;
}
