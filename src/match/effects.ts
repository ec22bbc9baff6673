import { ownValue } from '../json/object.ts';
import type { Tool, Tools } from '../model/tool.ts';

/** What a call may do that a budget can be set for. */
export const EFFECT_BUDGETS = ['writes', 'irreversible', 'external'] as const;
export type EffectBudget = (typeof EFFECT_BUDGETS)[number];

/** What is declared of a tool; undefined where nothing is. */
export function declaredTool(tools: Tools | null, name: string): Tool | undefined {
  if (tools === null) return undefined;
  return ownValue(tools as Record<string, unknown>, name) as Tool | undefined; // a map of tools
}

/** Whether a tool may change the world: an effect that is not declared counts as every effect. */
export function mayWrite(tools: Tools | null, name: string): boolean {
  return declaredTool(tools, name)?.effect !== 'read';
}

/** Whether a call of a tool counts for a budget; what is not declared counts for each, and a declared tool is external only where that is said. */
export function countsFor(budget: EffectBudget, tools: Tools | null, name: string): boolean {
  const tool = declaredTool(tools, name);
  if (budget === 'external') return tool === undefined || tool.external === true;
  const effect = tool?.effect ?? 'irreversible';
  return effect === 'irreversible' || (effect === 'write' && budget === 'writes');
}

const known = new WeakMap<Tools, Map<string, readonly EffectBudget[]>>();

/** The budgets that a call of a tool counts for; found out once for each tool. */
export function budgetsOf(tools: Tools, name: string): readonly EffectBudget[] {
  const byName = known.get(tools) ?? new Map<string, readonly EffectBudget[]>();
  known.set(tools, byName);
  const budgets =
    byName.get(name) ?? EFFECT_BUDGETS.filter((budget) => countsFor(budget, tools, name));
  byName.set(name, budgets);
  return budgets;
}

/** Whether what blocked a call leaves it out of budgets: one above a ceiling counts as the one that went above. */
export function isLeftOut(blocked: unknown): boolean {
  return blocked !== undefined && blocked !== null && blocked !== false && blocked !== 'limit';
}
