import { callKey } from '../match/call-key.ts';
import type { Call } from '../match/calls.ts';
import type { PolicyRules } from '../safety/policy/policy-rules.ts';
import { type Profile, profileOf } from '../safety/policy/profile.ts';
import { ratioOf, similarity, similarityBut, sizeOf } from '../safety/policy/similarity.ts';
import type { Denial } from './denials.ts';

/** Distinct denials that are remembered of one tool. */
const MOST_OF_TOOL = 100;

/** Work that one trajectory is worth, in pairs of characters that are compared. */
const MOST_WORK = 20_000_000;

interface Known {
  readonly at: number;
  readonly args: Profile;
  readonly size: number;
  /** What later calls that are like it but for one number add up to, by the key of that number. */
  readonly sums: Map<string, number>;
}

/** Denials so far, and what tells whether a call is a way round one. */
export interface KnownDenials {
  add(denial: Denial): void;
  /** The step of the denial that a call goes round, with how; null where it goes round none. */
  roundBy(call: Call): { readonly at: number; readonly how: string } | null;
  /** Why not everything was compared, null where it was. */
  readonly gap: string | null;
}

/** Remembers denials, and finds calls of the same tool with arguments at least as alike as `near`, and of another tool of the same action. */
export function knownDenials(
  actionsOf: PolicyRules['actionsOf'],
  near: number,
  unknown: 0 | 1,
): KnownDenials {
  const byTool = new Map<string, Map<string, Known>>();
  const byAction = new Map<string, Map<string, number>>();
  const actions = remembered(actionsOf);
  let work = 0;
  let gap: string | null = null;
  let nameless: number | null = null;

  const alike = (tool: string, args: unknown) => {
    const denials = byTool.get(tool);
    if (!denials) return null;
    const profile = profileOf(args);
    const size = sizeOf(profile);
    for (const known of denials.values()) {
      work += Math.min(size, known.size);
      if (work > MOST_WORK) {
        gap ??= 'there is more to compare than a trial is worth';
        return null;
      }
      const how = likeness(known, profile, near, unknown);
      if (how !== null) return { at: known.at, how };
    }
    return null;
  };

  return {
    get gap() {
      return gap;
    },
    add({ at, tool, args }) {
      if (tool === null) {
        nameless ??= at;
        return;
      }
      const known = byTool.get(tool) ?? new Map<string, Known>();
      byTool.set(tool, known);
      const key = callKey({ tool, args } as Call); // all that the key is made of
      if (!known.has(key)) {
        const profile = profileOf(args);
        if (known.size >= MOST_OF_TOOL)
          gap ??= `${tool} was denied in more than ${MOST_OF_TOOL} ways`;
        else known.set(key, { at, args: profile, size: sizeOf(profile), sums: new Map() });
      }
      for (const action of actions(tool)) {
        const tools = byAction.get(action) ?? new Map<string, number>();
        byAction.set(action, tools);
        if (tools.size < 2 && !tools.has(tool)) tools.set(tool, at); // two: one of them is another tool
      }
    },
    roundBy({ tool, asked }) {
      if (nameless !== null)
        gap ??= `the request that was denied at step ${nameless} names no tool`;
      for (const action of actions(tool)) {
        for (const [other, at] of byAction.get(action) ?? []) {
          if (other !== tool) return { at, how: `as ${other}, it serves the action ${action}` };
        }
      }
      return alike(tool, asked);
    },
  };
}

function remembered(actionsOf: PolicyRules['actionsOf']): PolicyRules['actionsOf'] {
  const known = new Map<string, readonly string[]>();
  return (tool) => {
    const found = known.get(tool) ?? actionsOf(tool);
    known.set(tool, found);
    return found;
  };
}

/** How arguments are like denied ones, by themselves or as a part of what several calls add up to; null where they are not. */
function likeness(known: Known, args: Profile, near: number, unknown: 0 | 1): string | null {
  const alike = similarity(known.args, args, unknown);
  if (alike >= near) {
    const rounded = Math.min(alike, 0.99).toFixed(2); // 1.00 would be the same
    return alike === 1 ? 'with the same arguments' : `with arguments alike by ${rounded}`;
  }
  if (known.args.kind !== 'map' || args.kind !== 'map') return null;
  for (const [key, denied] of known.args.entries) {
    const part = args.entries.get(key);
    if (denied.kind !== 'leaf' || !denied.isNumber || denied.number === null) continue;
    if (part?.kind !== 'leaf' || part.number === null || ratioOf(part.number, denied.number) === 0)
      continue;
    if (similarityBut(key, known.args, args, unknown) < near) continue;
    const sum = (known.sums.get(key) ?? 0) + part.number;
    known.sums.set(key, sum);
    if (ratioOf(sum, denied.number) >= near) return `in parts, whose ${key} add up to ${sum}`;
  }
  return null;
}
