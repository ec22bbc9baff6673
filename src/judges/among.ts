import * as z from 'zod';
import { ownValue } from '../json/object.ts';
import type { Call } from '../match/calls.ts';
import type { View } from '../match/view.ts';
import { wildcard } from '../match/wildcard.ts';
import { CallStatus } from '../model/status.ts';
import { Effect, type Tool, type Tools } from '../model/tool.ts';
import { oneOrList } from './one-or-list.ts';

/** Which of the calls made a block looks at. */
export const Among = z.strictObject({
  effect: oneOrList(Effect).optional().describe('Effect of the tool; write covers irreversible'),
  status: oneOrList(CallStatus).optional().describe('State of the call'),
  actor: oneOrList(z.string()).optional().describe('Who made the call; * is all, user too'),
  tools: z.array(z.string()).min(1).optional().describe('Names of tools; * is a wildcard'),
});
type Among = z.infer<typeof Among>;

/** Makes the choice of calls; an undeclared effect is every effect, an unknown status every status. */
export function chooseCalls(among: Among | undefined): (view: View) => readonly Call[] {
  if (!among) return (view) => view.calls;
  const effects = listOf(among.effect);
  const statuses = listOf(among.status);
  const actors = listOf(among.actor)?.map(wildcard) ?? null;
  const tools = among.tools?.map(wildcard) ?? null;
  return (view) => {
    const all = actors ? view.allCalls : view.calls;
    return all.filter(
      (call) =>
        (!tools || tools.some((is) => is(call.tool))) &&
        (!actors || isBy(call, actors, listOf(among.actor) ?? [])) &&
        (!statuses || call.status === 'unknown' || statuses.includes(call.status)) &&
        (!effects || hasEffect(view.tools, call.tool, effects)),
    );
  };
}

function listOf(value: unknown): readonly string[] | null {
  if (value === undefined) return null;
  return (Array.isArray(value) ? value : [value]) as readonly string[]; // validated
}

function isBy(
  call: Call,
  actors: readonly ((name: string) => boolean)[],
  names: readonly string[],
): boolean {
  if (names.includes('*')) return true;
  const { actor } = call;
  return actor !== undefined && actors.some((is) => is(actor));
}

/** Whether a tool has one of those effects, as declared. */
export function hasEffect(tools: Tools | null, name: string, effects: readonly string[]): boolean {
  const tool = tools
    ? (ownValue(tools as Record<string, unknown>, name) as Tool | undefined)
    : undefined; // a map of tools
  const effect = tool?.effect;
  if (effect === undefined) return true;
  return effects.includes(effect) || (effect === 'irreversible' && effects.includes('write'));
}
