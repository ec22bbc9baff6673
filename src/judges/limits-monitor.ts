import { canonicalJson } from '../json/canonical.ts';
import { tokensOf, usageMeter } from '../match/usage.ts';
import type { Step, ToolCallStep } from '../model/trajectory.ts';
import { failed, type Monitor } from './judge.ts';

/** Watches ceilings as steps come in; fails with the first step that goes above one. */
export function watchLimits(ceilings: Readonly<Record<string, number>>): Monitor {
  const meter = usageMeter();
  const counts = { calls: 0, byKey: new Map<string, number>() };
  return (step, index) => {
    meter.add(step);
    const told = { ...countCall(step, counts), ...usageFigures(meter.read()) };
    for (const [key, most] of Object.entries(ceilings)) {
      const value = told[key] ?? 0;
      if (value > most) return failed(`${key} ${value} is above the ceiling of ${most}`, [index]);
    }
    return null;
  };
}

function countCall(
  step: Step,
  counts: { calls: number; byKey: Map<string, number> },
): Record<string, number | null> {
  if (step.type !== 'tool_call' || step['actor'] === 'user') return {};
  const call = step as ToolCallStep; // the tag says so
  const key = `${call.tool}\n${canonicalJson(call.args ?? null)}`;
  const repeats = (counts.byKey.get(key) ?? 0) + 1;
  counts.byKey.set(key, repeats);
  counts.calls++;
  return { tool_calls: counts.calls, repeats };
}

function usageFigures(
  usage: ReturnType<ReturnType<typeof usageMeter>['read']>,
): Record<string, number | null> {
  return {
    turns: usage.turns,
    tokens: tokensOf(usage),
    cost_usd: usage.costUsd,
    seconds: usage.durationMs === null ? null : usage.durationMs / 1000,
  };
}
