import type { CeilingOf } from '../live/ceiling-names.ts';
import { type ActorUsage, actorUsage } from '../match/actor-usage.ts';
import { callKey } from '../match/call-key.ts';
import type { Call } from '../match/calls.ts';
import { countsFor, EFFECT_BUDGETS, type EffectBudget, isLeftOut } from '../match/effects.ts';
import { tokensOf, type Usage } from '../match/usage.ts';
import type { View } from '../match/view.ts';

/** A figure of a trajectory: a lower bound where `partial`, null where it is not told at all. */
export interface Figure {
  readonly value: number | null;
  readonly partial?: boolean;
  readonly steps?: readonly number[];
}

/** Figures that can be told only where somebody watched the calls. */
export const COUNTED: readonly string[] = ['turns', 'tool_calls', 'repeats', ...EFFECT_BUDGETS];

/** A ceiling: what it is of, and how much is allowed. */
export interface Ceiling extends CeilingOf {
  readonly name: string;
  /** The name, cut where it is long. */
  readonly shown: string;
  readonly most: number;
}

/** Makes what tells the figure of a ceiling; for one actor it is `partial` where what nobody is named for would be too much. */
export function figuresOf(view: View, ceilings: readonly Ceiling[]): (ceiling: Ceiling) => Figure {
  const named = ceilings.flatMap(({ actor }) => actor ?? []);
  const actors = named.length > 0 ? usageOfActors(view, named) : null;
  const callsBy = actors ? callsByActor(view.calls) : null;
  return ({ figure, actor, most }) => {
    if (actor === null || !actors || !callsBy) return figureOf(view, figure);
    const own = callsBy.get(actor) ?? [];
    const counted = countOf(view, figure, own);
    if (!counted) return usageFigure(figure, { view, actors, actor, most });
    const loose = countOf(view, figure, callsBy.get(null) ?? []);
    return { ...counted, partial: (counted.value ?? 0) + (loose?.value ?? 0) > most };
  };
}

function figureOf(view: View, figure: string): Figure {
  const usage = view.usage();
  const counted = countOf(view, figure, view.calls);
  if (counted) return counted;
  switch (figure) {
    case 'turns':
      return { value: usage.turns };
    case 'tokens':
      return { value: tokensOf(usage), partial: usage.tokensPartial };
    case 'cost_usd':
      return { value: usage.costUsd, partial: usage.costPartial };
    case 'seconds':
      return { value: usage.durationMs === null ? null : usage.durationMs / 1000 };
    default:
      return repeatsOf(view.calls);
  }
}

/** How many of some calls count for a figure, undefined where it is no figure of calls. */
function countOf(view: View, figure: string, calls: readonly Call[]): Figure | undefined {
  if (figure === 'tool_calls') return { value: calls.length };
  const budget = EFFECT_BUDGETS.find((one) => one === figure);
  if (!budget) return undefined;
  const steps = calls.filter((call) => isCounted(call, budget, view)).map(({ step }) => step);
  return { value: steps.length, steps };
}

/** An attempt that failed counts: nobody knows what it did. */
function isCounted({ tool, status, resultStep }: Call, budget: EffectBudget, view: View): boolean {
  if (!countsFor(budget, view.tools, tool)) return false;
  return status !== 'blocked' || !isLeftOut(view.steps[resultStep]?.['blocked']);
}

function usageOfActors({ steps }: View, actors: Iterable<string>): ActorUsage {
  const usage = actorUsage(actors);
  for (const step of steps) usage.add(step);
  return usage;
}

function callsByActor(calls: readonly Call[]): Map<string | null, Call[]> {
  const byActor = new Map<string | null, Call[]>();
  for (const call of calls) {
    const actor = call.actor ?? null;
    const known = byActor.get(actor);
    if (known) known.push(call);
    else byActor.set(actor, [call]);
  }
  return byActor;
}

interface Asked {
  readonly view: View;
  readonly actors: ActorUsage;
  readonly actor: string;
  readonly most: number;
}

function usageFigure(figure: string, { view, actors, actor, most }: Asked): Figure {
  const [own, loose] = [actors.read(actor), actors.read(null)];
  const { models } = view.usage();
  if (figure === 'turns') {
    const more = models > 0 ? loose.models : loose.turns;
    return { value: own.turns, partial: own.turns + more > most };
  }
  const sum = figure === 'tokens' ? tokensOf : ({ costUsd }: Usage) => costUsd;
  const isPartial = (usage: Usage) =>
    figure === 'tokens' ? usage.tokensPartial : usage.costPartial;
  const value = sum(own) ?? (own.turns === 0 ? 0 : null);
  const isTold = models > 0 || loose.turns === 0;
  const more = sum(loose) ?? (isTold ? 0 : Number.POSITIVE_INFINITY);
  const isOpen = isPartial(own) || isPartial(loose) || (value ?? 0) + more > most;
  return { value, partial: isOpen };
}

/** The most calls that are equal in tool and arguments. */
function repeatsOf(calls: readonly Call[]): Figure {
  const byKey = new Map<string, number[]>();
  const perTool = new Map<string, number>();
  for (const { tool } of calls) perTool.set(tool, (perTool.get(tool) ?? 0) + 1);
  const [first] = calls;
  let most: readonly number[] = first ? [first.step] : [];
  for (const call of calls) {
    if (perTool.get(call.tool) === 1) continue;
    const key = callKey(call);
    const steps = byKey.get(key);
    if (steps) steps.push(call.step);
    else byKey.set(key, [call.step]);
    const grown = byKey.get(key) ?? [];
    if (grown.length > most.length) most = grown;
  }
  return { value: most.length, steps: most };
}
