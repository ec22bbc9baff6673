import { canonicalJson } from '../json/canonical.ts';
import type { Tools } from '../model/tool.ts';
import type { ToolCallStep } from '../model/trajectory.ts';

/** How a call that ran was found to be one that a model had asked for. */
export type Joined = 'id' | 'arguments' | 'name';

/** Calls that a model asked for and that nobody has answered yet. */
export interface RequestedCalls {
  /** Adds a call under the id that the model gave it, which need not be that of its step. */
  add(step: ToolCallStep, askedId: string): void;
  /** Takes the call that is meant: by its id, else the earliest with that tool and those arguments, else the earliest of that tool. */
  take(call: {
    tool: string;
    args: unknown;
    id?: string;
  }): { step: ToolCallStep; by: Joined } | null;
  /** Takes the call of an id, null where there is none. */
  takeId(id: string): ToolCallStep | null;
}

interface Waiting {
  readonly step: ToolCallStep;
  readonly askedId: string;
  readonly key: string;
  /** Its place among all that were asked for. */
  readonly number: number;
}

/** Calls under a name of theirs, in their order. */
type Index = Map<string, Set<Waiting>>;

/** Starts without any. `isTool` tells the names of declared tools: those mean themselves, whatever other name they end in. */
export function requestedCalls(isTool: (name: string) => boolean): RequestedCalls {
  const [byId, byTool, byCall]: [Index, Index, Index] = [new Map(), new Map(), new Map()];
  let added = 0;
  const remove = (waiting: Waiting): ToolCallStep => {
    const { step, askedId, key } = waiting;
    drop(byId, askedId, waiting);
    drop(byTool, step.tool, waiting);
    drop(byCall, callKey(step.tool, key), waiting);
    return step;
  };
  const means = (name: string, tool: string) =>
    name === tool || (!isTool(name) && hasPrefix(name, tool));
  const ofId = (id: string, tool: string, args: unknown): Waiting | undefined => {
    const all = [...(byId.get(id) ?? [])];
    if (all.length < 2) return all[0];
    const named = all.filter(({ step }) => means(step.tool, tool));
    const wanted = keyOf(args);
    return named.find(({ key }) => key === wanted) ?? named[0] ?? all[0];
  };
  const ofCall = (tool: string, args: unknown): Waiting | undefined => {
    const names = [...byTool.keys()].filter((name) => means(name, tool));
    if (names.length === 0) return undefined;
    const wanted = keyOf(args);
    return names
      .flatMap((name) => firstOf(byCall.get(callKey(name, wanted))))
      .sort((one, other) => one.number - other.number)[0];
  };
  return {
    add: (step, askedId) => {
      const waiting = { step, askedId, key: keyOf(step.args), number: added++ };
      put(byId, askedId, waiting);
      put(byTool, step.tool, waiting);
      put(byCall, callKey(step.tool, waiting.key), waiting);
    },
    takeId: (id) => {
      const [first] = id === '' ? [] : firstOf(byId.get(id));
      return first ? remove(first) : null;
    },
    take: ({ tool, args, id = '' }) => {
      if (id !== '') {
        const known = ofId(id, tool, args);
        return known ? { step: remove(known), by: 'id' } : null;
      }
      const same = ofCall(tool, args);
      if (same) return { step: remove(same), by: 'arguments' };
      const [first] = firstOf(byTool.get(tool));
      return first ? { step: remove(first), by: 'name' } : null;
    },
  };
}

function put(index: Index, name: string, waiting: Waiting): void {
  const known = index.get(name);
  if (known) known.add(waiting);
  else index.set(name, new Set([waiting]));
}

function drop(index: Index, name: string, waiting: Waiting): void {
  const known = index.get(name);
  known?.delete(waiting);
  if (known?.size === 0) index.delete(name);
}

function firstOf(known: Set<Waiting> | undefined): Waiting[] {
  for (const waiting of known ?? []) return [waiting];
  return [];
}

function callKey(tool: string, key: string): string {
  return JSON.stringify([tool, key]);
}

function keyOf(args: unknown): string {
  return canonicalJson(args ?? {});
}

/** Whether a model's name for a tool is the tool's with something before it: frameworks put the name of the server there. */
function hasPrefix(name: string, tool: string): boolean {
  return name.endsWith(tool) && /[_.:/-]$/.test(name.slice(0, -tool.length));
}

/** Marks that only the name of a server stands before: a single underscore is part of many names. */
const SERVER_END = /(?:__|[.:/])$/;

/** The declared tool that a model means by a name: the longest that the name is after that of a server, else the name itself. */
export function meantTool(name: string, tools: Tools | null): string {
  if (tools === null || Object.hasOwn(tools, name)) return name;
  const meant = Object.keys(tools).filter(
    (tool) => name.endsWith(tool) && SERVER_END.test(name.slice(0, -tool.length)),
  );
  return (
    meant.reduce((longest, tool) => (tool.length > longest.length ? tool : longest), '') || name
  );
}
