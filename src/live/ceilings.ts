import { canonicalJson } from '../json/canonical.ts';
import { type ActorUsage, actorOf, actorUsage } from '../match/actor-usage.ts';
import { tokensOf, type UsageMeter, usageMeter } from '../match/usage.ts';
import type { Tools } from '../model/tool.ts';
import type { Step, ToolCallStep } from '../model/trajectory.ts';
import { type CallCounts, callCounts } from './call-counts.ts';
import { type CeilingOf, ceilingOf } from './ceiling-names.ts';
import { roughBytes } from './rough-bytes.ts';

/** Ceilings of a trial by name: turns, tool_calls, writes, irreversible, external, tokens, cost_usd, seconds, repeats, `actors.NAME.FIGURE`, and steps and bytes, which only a runaway reaches. */
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

/** Starts to watch; a ceiling of n allows n. `tools` tell the effects of calls. */
export function watchCeilings(ceilings: Ceilings, tools: Tools | null = null): CeilingWatch {
  const held = heldBy(ceilings);
  const meter = usageMeter();
  const figures: Figures = {
    held,
    ...{ meter, calls: callCounts(tools), actors: actorUsage(held.byActor.keys()) },
    ...{ steps: 0, bytes: 0, repeats: 0, byKey: new Map() },
  };
  return {
    add: (step) => {
      countStep(step, figures);
      const own = held.byActor.get(actorOf(step) ?? '') ?? [];
      return where([held.ofAll, own], figures, isAbove)[0] ?? null;
    },
    near: (share) =>
      where([held.ofAll, ...held.byActor.values()], figures, (figure, most) => {
        return figure > 0 && figure >= share * most;
      }),
    turns: () => meter.read().turns,
    models: () => meter.read().models,
  };
}

interface Held extends CeilingOf {
  readonly ceiling: string;
  readonly most: number;
}

interface HeldCeilings {
  readonly ofAll: Held[];
  readonly byActor: Map<string, Held[]>;
}

interface Figures {
  readonly held: HeldCeilings;
  readonly meter: UsageMeter;
  readonly calls: CallCounts;
  readonly actors: ActorUsage;
  steps: number;
  /** Roughly what the steps take as JSON. */
  bytes: number;
  /** The most calls that are equal in tool and arguments. */
  repeats: number;
  readonly byKey: Map<string, number>;
}

function heldBy(ceilings: Ceilings): HeldCeilings {
  const held: HeldCeilings = { ofAll: [], byActor: new Map() };
  for (const [ceiling, most] of Object.entries(ceilings)) {
    const of = ceilingOf(ceiling);
    const known = of.actor === null ? held.ofAll : (held.byActor.get(of.actor) ?? []);
    known.push({ ceiling, most, ...of });
    if (of.actor !== null) held.byActor.set(of.actor, known);
  }
  return held;
}

/** Those that have used so much; asked at each step, so nothing is made for the others. */
function where(
  lists: readonly (readonly Held[])[],
  figures: Figures,
  reached: (used: number, most: number) => boolean,
): Used[] {
  const found: Used[] = [];
  for (const list of lists) {
    for (const held of list) {
      const used = figureOf(held, figures) ?? 0;
      if (reached(used, held.most)) found.push({ ceiling: held.ceiling, used, most: held.most });
    }
  }
  return found;
}

function countStep(step: Step, figures: Figures): void {
  figures.meter.add(step);
  figures.calls.add(step);
  if (figures.held.byActor.size > 0) figures.actors.add(step);
  figures.steps++;
  figures.bytes += roughBytes(step);
  if (step.type !== 'tool_call' || step['actor'] === 'user') return;
  if (!figures.held.ofAll.some(({ figure }) => figure === 'repeats')) return;
  const call = step as ToolCallStep; // the tag says so
  const key = `${call.tool}\n${canonicalJson(call.args ?? null)}`;
  const repeats = (figures.byKey.get(key) ?? 0) + 1;
  figures.byKey.set(key, repeats);
  figures.repeats = Math.max(figures.repeats, repeats);
}

function isAbove(used: number, most: number): boolean {
  return used > most;
}

function figureOf({ figure, actor }: CeilingOf, figures: Figures): number | null {
  const counted = figures.calls.read(figure, actor);
  if (counted !== undefined) return counted;
  const usage = actor === null ? figures.meter.read() : figures.actors.read(actor);
  switch (figure) {
    case 'steps':
      return figures.steps;
    case 'bytes':
      return figures.bytes;
    case 'repeats':
      return figures.repeats;
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
