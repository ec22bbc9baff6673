import { countsFor, EFFECT_BUDGETS, isLeftOut } from '../match/effects.ts';
import type { Tools } from '../model/tool.ts';
import type { Step, ToolCallStep, ToolResultStep } from '../model/trajectory.ts';

/** Calls of the agent so far, by what they may do. */
export interface CallCounts {
  add(step: Step): void;
  /** How many count for a figure; of one actor, or of all where that is null. Undefined where it is no figure of calls. */
  read(figure: string, actor: string | null): number | undefined;
}

type Counts = Record<'tool_calls' | (typeof EFFECT_BUDGETS)[number], number>;

const none = (): Counts => ({ tool_calls: 0, writes: 0, irreversible: 0, external: 0 });

/** Starts to count. A call counts as soon as it is made; one that a rule then blocks is taken back, for effects. */
export function callCounts(tools: Tools | null): CallCounts {
  const all = none();
  const byActor = new Map<string, Counts>();
  /** What takes a call back that has no result yet, by its id. */
  const open = new Map<string, () => void>();
  const countsOf = (actor: string | undefined): Counts[] => {
    if (actor === undefined) return [all];
    const own = byActor.get(actor) ?? none();
    byActor.set(actor, own);
    return [all, own];
  };
  const addCall = ({ id, tool, actor }: ToolCallStep): void => {
    if (actor === 'user') return;
    const counts = countsOf(actor);
    const budgets = EFFECT_BUDGETS.filter((budget) => countsFor(budget, tools, tool));
    const count = (by: number) => {
      for (const one of counts) for (const budget of budgets) one[budget] += by;
    };
    for (const one of counts) one.tool_calls++;
    count(1);
    if (id) open.set(id, () => count(-1));
  };
  const addResult = ({ id, blocked }: ToolResultStep): void => {
    if (!id) return;
    if (isLeftOut(blocked)) open.get(id)?.();
    open.delete(id);
  };
  return {
    add: (step) => {
      if (step.type === 'tool_call')
        addCall(step as ToolCallStep); // the tag says so
      else if (step.type === 'tool_result') addResult(step as ToolResultStep); // the tag says so
    },
    read: (figure, actor) => {
      const counts = actor === null ? all : (byActor.get(actor) ?? none());
      return Object.hasOwn(counts, figure) ? counts[figure as keyof Counts] : undefined; // its own key
    },
  };
}
