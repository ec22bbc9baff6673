import { canonicalJson } from '../json/canonical.ts';
import type { ToolCallStep } from '../model/trajectory.ts';

/** How a call that ran was found to be one that a model had asked for. */
export type Joined = 'id' | 'arguments' | 'name';

/** Calls that a model asked for and that nobody has answered yet. */
export interface RequestedCalls {
  add(step: ToolCallStep): void;
  /** Takes the call that is meant: by its id, else the earliest with that tool and those arguments, else the earliest of that tool. */
  take(call: {
    tool: string;
    args: unknown;
    id?: string;
  }): { step: ToolCallStep; by: Joined } | null;
  /** Takes the call of an id, null where there is none. */
  takeId(id: string): ToolCallStep | null;
  /** Whether a call of that id waits for its answer. */
  has(id: string): boolean;
}

/** Starts without any. */
export function requestedCalls(): RequestedCalls {
  const open = new Map<string, ToolCallStep>();
  const remove = (step: ToolCallStep): ToolCallStep => {
    open.delete(step.id ?? '');
    return step;
  };
  return {
    add: (step) => open.set(step.id ?? '', step),
    has: (id) => open.has(id),
    takeId: (id) => {
      const step = open.get(id);
      return step ? remove(step) : null;
    },
    take: ({ tool, args, id }) => {
      const known = id === undefined ? undefined : open.get(id);
      if (known) return { step: remove(known), by: 'id' };
      if (id !== undefined) return null;
      const named = [...open.values()].filter((step) => isCalled(step.tool, tool));
      const wanted = keyOf(args);
      const same = named.find((step) => keyOf(step.args) === wanted);
      if (same) return { step: remove(same), by: 'arguments' };
      const [first] = named.filter((step) => step.tool === tool);
      return first ? { step: remove(first), by: 'name' } : null;
    },
  };
}

function keyOf(args: unknown): string {
  return canonicalJson(args ?? {});
}

/** Whether a model's name for a tool means the tool: frameworks put the name of the server before it. */
function isCalled(name: string, tool: string): boolean {
  if (name === tool) return true;
  return name.endsWith(tool) && /[_.:/-]$/.test(name.slice(0, -tool.length));
}
