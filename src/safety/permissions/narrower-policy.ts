import { wildcard } from '../../match/wildcard.ts';
import type { Policy } from '../../model/policy.ts';
import type { ActorPermissions } from './permissions.ts';
import { ranCount, type ToolUse } from './tool-uses.ts';

/** A policy that grants what was used and no more, with what it could not take in. */
export interface NarrowerPolicy {
  readonly policy: Policy;
  /** The uses behind each granted tool: by actor, or all under null where tools are granted to everybody. */
  readonly reasons: ReadonlyMap<string | null, readonly ToolUse[]>;
  /** What a person should know of it, in sentences. */
  readonly notes: readonly string[];
}

/** Draws a policy from what ran without an attack and was granted; `deny`, `approve` and the rest are kept as they are. */
export function narrowerPolicy(
  permissions: readonly ActorPermissions[],
  policy: Policy | null | undefined,
): NarrowerPolicy {
  const { tools: _, actors: before, ...kept } = policy ?? {};
  const acting = permissions.filter(({ actor, used }) => actor !== null && used.length > 0);
  const nameless = permissions.some(({ actor, used }) => actor === null && used.some(isNeeded));
  const byActor = before !== undefined || (acting.length > 0 && !nameless);
  const notes = [...noteMixed(byActor, before !== undefined, acting, nameless)];
  const groups = byActor
    ? permissions.filter(({ actor }) => actor !== null)
    : [joined(permissions)];
  const reasons = new Map<string | null, readonly ToolUse[]>();
  for (const group of groups) reasons.set(group.actor, proposable(group, kept, notes));
  const named = ([actor]: readonly [string | null, unknown]) => actor === null || isNameable(actor);
  for (const [actor] of [...reasons].filter((entry) => !named(entry))) {
    notes.push(`The actor ${JSON.stringify(actor)} is left out: a suite cannot name it`);
  }
  const isKnown = (actor: string | null) =>
    actor === null || (before !== undefined && Object.hasOwn(before, actor));
  const lists = [...reasons]
    .filter(named)
    .map(([actor, uses]) => [actor, namesOf(uses)] as const)
    .filter(([actor, names]) => names.length > 0 || isKnown(actor));
  const granted = byActor
    ? { actors: Object.fromEntries(lists) }
    : { tools: lists.flatMap(([, names]) => names) };
  return { policy: { ...granted, ...kept }, reasons, notes };
}

function* noteMixed(
  byActor: boolean,
  wasByActor: boolean,
  acting: readonly ActorPermissions[],
  nameless: boolean,
): Generator<string> {
  if (!byActor && acting.length > 0) {
    yield 'Some calls name no actor, so that the tools are granted to all actors alike';
  }
  if (wasByActor && nameless) {
    yield 'Calls that name no actor stay violations: the policy grants tools to actors alone';
  }
}

/** The actors as one: a tool that one of them used is granted to all. */
function joined(permissions: readonly ActorPermissions[]): ActorPermissions {
  const used = permissions.flatMap((one) =>
    one.used.filter(({ tool }) => !one.ungranted.includes(tool)),
  );
  const nothing = { granted: null, by: null, unused: [], ungranted: [], only_under_attack: [] };
  return { actor: null, used, ...nothing };
}

/** The uses that justify a grant: something ran without an attack, and was granted before. */
function proposable(
  { used, ungranted }: ActorPermissions,
  { approval_tool: asks }: Policy,
  notes: string[],
): ToolUse[] {
  const refused = new Set(ungranted);
  const isAsking = asks === undefined ? () => false : wildcard(asks);
  const needed = used.filter(
    (use) => isNeeded(use) && !refused.has(use.tool) && !isAsking(use.tool),
  );
  for (const { tool } of needed.filter((use) => !isGrantable(use.tool))) {
    notes.push(
      `The tool ${JSON.stringify(tool)} is left out: a policy cannot name it without naming others`,
    );
  }
  return needed.filter(({ tool }) => isGrantable(tool));
}

function isNeeded({ calls }: ToolUse): boolean {
  return ranCount(calls) > 0;
}

/** A name that stands for itself alone. */
function isGrantable(tool: string): boolean {
  return isNameable(tool) && !tool.includes('*');
}

function isNameable(name: string): boolean {
  return name !== '' && !/\p{Cc}/u.test(name);
}

function namesOf(uses: readonly ToolUse[]): string[] {
  return [...new Set(uses.map(({ tool }) => tool))];
}
