import { canonicalJson } from '../json/canonical.ts';
import { tokensOf, usageMeter } from '../match/usage.ts';
import type { Step, ToolCallStep } from '../model/trajectory.ts';
import { roughBytes } from './rough-bytes.ts';

/** Ceilings of a trial by name: turns, tool_calls, tokens, cost_usd, seconds, repeats, and steps and bytes, which only a runaway reaches. */
export type Ceilings = Readonly<Record<string, number>>;

/** A ceiling with what a trial used of it. */
export interface Used {
  readonly ceiling: string;
  readonly used: number;
  readonly most: number;
}

/** Watches ceilings while steps come in. */
export interface CeilingWatch {
  /** Adds a step; the first ceiling that it goes above, null while none is. */
  add(step: Step): Used | null;
  /** The ceilings of which a share or more is used. */
  near(share: number): Used[];
  /** Turns taken so far. */
  turns(): number;
  /** Exchanges with models so far: the turns of an agent that has any. */
  models(): number;
}

/** Starts to watch; a ceiling of n allows n. */
export function watchCeilings(ceilings: Ceilings): CeilingWatch {
  const meter = usageMeter();
  const counts: Counts = { steps: 0, models: 0, bytes: 0, calls: 0, repeats: 0, byKey: new Map() };
  const countsRepeats = Object.hasOwn(ceilings, 'repeats');
  const held = Object.entries(ceilings);
  const used = (ceiling: string) => figureOf(ceiling, counts, meter.read()) ?? 0;
  /** Those that have used so much; asked at each step, so nothing is made for the others. */
  const where = (reached: (used: number, most: number) => boolean): Used[] => {
    const found: Used[] = [];
    for (const [ceiling, most] of held) {
      const figure = used(ceiling);
      if (reached(figure, most)) found.push({ ceiling, used: figure, most });
    }
    return found;
  };
  return {
    add: (step) => {
      meter.add(step);
      countStep(step, counts, countsRepeats);
      return where(isAbove)[0] ?? null;
    },
    near: (share) => where((figure, most) => figure > 0 && figure >= share * most),
    turns: () => meter.read().turns,
    models: () => counts.models,
  };
}

interface Counts {
  steps: number;
  models: number;
  /** Roughly what the steps take as JSON. */
  bytes: number;
  calls: number;
  /** The most calls that are equal in tool and arguments. */
  repeats: number;
  readonly byKey: Map<string, number>;
}

function countStep(step: Step, counts: Counts, countsRepeats: boolean): void {
  counts.steps++;
  counts.bytes += roughBytes(step);
  if (step.type === 'model') counts.models++;
  if (step.type !== 'tool_call' || step['actor'] === 'user') return;
  counts.calls++;
  if (!countsRepeats) return;
  const call = step as ToolCallStep; // the tag says so
  const key = `${call.tool}\n${canonicalJson(call.args ?? null)}`;
  const repeats = (counts.byKey.get(key) ?? 0) + 1;
  counts.byKey.set(key, repeats);
  counts.repeats = Math.max(counts.repeats, repeats);
}

function isAbove(used: number, most: number): boolean {
  return used > most;
}

function figureOf(
  ceiling: string,
  { steps, bytes, calls, repeats }: Counts,
  usage: ReturnType<ReturnType<typeof usageMeter>['read']>,
): number | null {
  switch (ceiling) {
    case 'steps':
      return steps;
    case 'bytes':
      return bytes;
    case 'tool_calls':
      return calls;
    case 'repeats':
      return repeats;
    case 'turns':
      return usage.turns;
    case 'tokens':
      return tokensOf(usage);
    case 'cost_usd':
      return usage.costUsd;
    case 'seconds':
      return usage.durationMs === null ? null : usage.durationMs / 1000;
    default:
      return null;
  }
}
