import { type Call, pairCalls } from '../../match/calls.ts';
import type { CallStatus } from '../../model/status.ts';
import type { Step, Trajectory } from '../../model/trajectory.ts';
import {
  type ArgumentCount,
  type ArgumentUse,
  argumentUses,
  countArguments,
} from './argument-use.ts';

/** How often calls came to each status. */
export type StatusCounts = Readonly<Record<CallStatus, number>>;

/** What one actor did with one tool in trials without an attack, and under attack. */
export interface ToolUse {
  readonly tool: string;
  readonly calls: StatusCounts;
  /** Calls in trials that carried an attack: they justify nothing. */
  readonly attacked: StatusCounts;
  /** Arguments of the calls without an attack. */
  readonly args: readonly ArgumentUse[];
  /** Calls without an attack whose arguments are not known. */
  readonly unknown_args: number;
}

/** What the trials of one agent show. */
export interface Uses {
  readonly trials: number;
  /** Trials with an attack among them. */
  readonly attacked: number;
  /** Trials whose calls nobody knows, with or without an attack: what they used is not in here. */
  readonly unread: number;
  /** Calls that the user made, which are no grants of the agent. */
  readonly user_calls: number;
  /** By actor, null for calls that name none; in the order in which they were first seen. */
  readonly actors: ReadonlyMap<string | null, readonly ToolUse[]>;
}

interface ToolCount {
  readonly calls: Record<CallStatus, number>;
  readonly attacked: Record<CallStatus, number>;
  readonly args: Map<string, ArgumentCount>;
  unknownArgs: number;
}

/** Counts the calls of trajectories one by one and keeps none of them. */
export interface UseCounter {
  /** Takes the trajectory of one trial, null where none was kept. */
  add(trajectory: Trajectory | null, attack: string | null): void;
  uses(): Uses;
}

/** Begins to count what the trials of one agent used. */
export function useCounter(): UseCounter {
  const actors = new Map<string | null, Map<string, ToolCount>>();
  const totals = { trials: 0, attacked: 0, unread: 0, user_calls: 0 };
  const count = (call: Call, isAttacked: boolean): void => {
    if (call.actor === 'user') {
      totals.user_calls++;
      return;
    }
    countCall(toolCount(actors, call), call, isAttacked);
  };
  return {
    add: (trajectory, attack) => {
      const isAttacked = attack !== null || isNamed(trajectory?.attack);
      totals.trials++;
      if (isAttacked) totals.attacked++;
      const calls = callsOf(trajectory);
      if (calls === null) totals.unread++;
      for (const call of calls ?? []) count(call, isAttacked);
    },
    uses: () => ({
      ...totals,
      actors: new Map([...actors].map(([actor, tools]) => [actor, usesOf(tools)])),
    }),
  };
}

function isNamed(attack: string | null | undefined): boolean {
  return attack !== null && attack !== undefined;
}

/** The calls of a trial; null where they were not seen or cannot be paired. */
function callsOf(trajectory: Trajectory | null): readonly Call[] | null {
  if (trajectory === null || trajectory.calls === 'not_captured') return null;
  const { calls, fault } = pairCalls(trajectory.steps as readonly Step[]); // the schema of the record
  return fault === null ? calls : null;
}

function toolCount(actors: Map<string | null, Map<string, ToolCount>>, call: Call): ToolCount {
  const actor = call.actor ?? null;
  const tools = actors.get(actor) ?? new Map<string, ToolCount>();
  actors.set(actor, tools);
  const known = tools.get(call.tool);
  if (known) return known;
  const count = { calls: noCalls(), attacked: noCalls(), args: new Map(), unknownArgs: 0 };
  tools.set(call.tool, count);
  return count;
}

function countCall(count: ToolCount, { status, args }: Call, isAttacked: boolean): void {
  if (isAttacked) {
    count.attacked[status]++;
    return;
  }
  count.calls[status]++;
  if (typeof args === 'symbol') count.unknownArgs++;
  else countArguments(count.args, args);
}

function noCalls(): Record<CallStatus, number> {
  return { ok: 0, failed: 0, blocked: 0, unknown: 0 };
}

function usesOf(tools: ReadonlyMap<string, ToolCount>): ToolUse[] {
  return [...tools].map(([tool, { calls, attacked, args, unknownArgs }]) => ({
    tool,
    calls,
    attacked,
    args: argumentUses(args),
    unknown_args: unknownArgs,
  }));
}

/** How many calls there were. */
export function callCount({ ok, failed, blocked, unknown }: StatusCounts): number {
  return ok + failed + blocked + unknown;
}

/** How many calls ran, or may have run. */
export function ranCount({ ok, failed, unknown }: StatusCounts): number {
  return ok + failed + unknown;
}
