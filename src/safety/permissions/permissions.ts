import { wildcard } from '../../match/wildcard.ts';
import type { PlannedTool } from '../../model/plan.ts';
import type { Policy } from '../../model/policy.ts';
import { ranCount, type ToolUse, type Uses } from './tool-uses.ts';

/** What one actor was granted and what it used. */
export interface ActorPermissions {
  /** Null for calls that name no actor. */
  readonly actor: string | null;
  /** What it was granted: names, or patterns with `*` that no declared tool has; null where the run does not tell. */
  readonly granted: readonly string[] | null;
  /** What grants it. */
  readonly by: 'policy.tools' | 'policy.actors' | 'tools' | null;
  readonly used: readonly ToolUse[];
  /** Granted, and never used without an attack; the tool that asks for approval is always allowed, and left out. */
  readonly unused: readonly string[];
  /** Called without an attack, and not granted. */
  readonly ungranted: readonly string[];
  /** Called under attack alone: no reason to grant it. */
  readonly only_under_attack: readonly string[];
}

/** What a run says of the tools and the policy of a suite; absent in runs of older versions. */
export interface Grants {
  readonly tools?: Readonly<Record<string, PlannedTool>> | null | undefined;
  readonly policy?: Policy | null | undefined;
}

/** Holds what was used against what was granted, by actor; actors that are granted tools and did nothing are there too. */
export function permissionsOf(uses: Uses, grants: Grants): ActorPermissions[] {
  const actors = new Map<string | null, readonly ToolUse[]>(uses.actors);
  for (const actor of Object.keys(grants.policy?.actors ?? {})) {
    if (!actors.has(actor)) actors.set(actor, []);
  }
  if (actors.size === 0) actors.set(null, []);
  return [...actors].map(([actor, used]) => actorPermissions(actor, used, grants));
}

function actorPermissions(
  actor: string | null,
  used: readonly ToolUse[],
  grants: Grants,
): ActorPermissions {
  const { granted, by } = grantedTo(actor, grants);
  const may = granted === null ? null : granted.map(wildcard);
  const isGranted = (tool: string) => may === null || may.some((matches) => matches(tool));
  const needed = used.filter(({ calls }) => ranCount(calls) > 0).map(({ tool }) => tool);
  const isNeeded = (pattern: string) => needed.some(wildcard(pattern));
  const asks = grants.policy?.approval_tool;
  const isCalled = ({ calls }: ToolUse) => calls.blocked + ranCount(calls) > 0;
  return {
    actor,
    granted,
    by,
    used,
    unused: (granted ?? []).filter((pattern) => pattern !== asks && !isNeeded(pattern)),
    ungranted: used.filter((use) => isCalled(use) && !isGranted(use.tool)).map(({ tool }) => tool),
    only_under_attack: used.filter((use) => !isCalled(use)).map(({ tool }) => tool),
  };
}

/** What a policy, or without one the list of tools, grants to an actor. */
function grantedTo(
  actor: string | null,
  { tools, policy }: Grants,
): Pick<ActorPermissions, 'granted' | 'by'> {
  if (tools === undefined && policy === undefined) return { granted: null, by: null };
  const declared = tools ? Object.keys(tools) : [];
  if (policy?.actors) {
    // In place of `tools`: a call by nobody, or by an actor without a list, is a violation
    const own = actor !== null && Object.hasOwn(policy.actors, actor) && policy.actors[actor];
    return { granted: expanded(own || [], declared, policy), by: 'policy.actors' };
  }
  if (policy?.tools)
    return { granted: expanded(policy.tools, declared, policy), by: 'policy.tools' };
  return tools ? { granted: declared, by: 'tools' } : { granted: null, by: null };
}

/** Wildcards as the declared tools that they stand for, as far as there are any; asking for approval is always allowed. */
function expanded(
  listed: readonly string[],
  declared: readonly string[],
  { approval_tool: asks }: Policy,
): string[] {
  const names = listed.flatMap((pattern) => {
    const found = pattern.includes('*') ? declared.filter(wildcard(pattern)) : [];
    return found.length > 0 ? found : [pattern];
  });
  return [...new Set([...names, asks ?? []].flat())];
}
