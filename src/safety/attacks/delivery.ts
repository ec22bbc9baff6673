import { type Call, NO_RESULT } from '../../match/calls.ts';
import { ABSENT, NOT_KNOWN } from '../../match/tri.ts';
import type { View } from '../../match/view.ts';
import { wildcard } from '../../match/wildcard.ts';
import type { Attack } from '../../model/attack.ts';
import { commonText } from './filled-text.ts';

/** Whether an attack reached the agent. */
export interface Delivery {
  /** null where that is not known. */
  readonly delivered: boolean | null;
  /** Tools in whose results it came. */
  readonly entry_tools: string[];
}

/** Finds out whether an attack reached the agent: from the marks on results, else from its text in them. */
export function deliveryOf(attack: Attack, view: View): Delivery {
  const marked = view.calls.filter((call) => marksOf(view, call)?.includes(attack.name));
  if (marked.length > 0) return cameBy(new Set(marked.map(({ tool }) => tool)));
  const { trajectory, fault } = view;
  if (isMarkedWhole(view)) return cameBy(new Set());
  if (attack.inject.length === 0 || trajectory.calls === 'not_captured' || fault !== null) {
    return NOT_TOLD;
  }
  return searched(attack, view.calls);
}

const NOT_TOLD: Delivery = { delivered: null, entry_tools: [] };

function cameBy(tools: ReadonlySet<string>): Delivery {
  return { delivered: tools.size > 0, entry_tools: [...tools] };
}

/** Whether whoever recorded it looked for attacks in every answer. */
function isMarkedWhole(view: View): boolean {
  if (view.fault !== null || view.trajectory.calls === 'not_captured') return false;
  return view.calls.every((call) => marksOf(view, call) !== null);
}

/** The attacks whose text stands in what a call was answered; null where nothing tells, as of a call without an answer. */
function marksOf({ steps }: View, { resultStep }: Call): readonly unknown[] | null {
  const planted = resultStep === NO_RESULT ? null : steps[resultStep]?.['planted'];
  return Array.isArray(planted) ? planted : null;
}

/** Looks for the text of an attack in the results of its tools; one that is not known may hold it. */
function searched({ inject }: Attack, calls: readonly Call[]): Delivery {
  const tools = new Set<string>();
  let unclear = false;
  for (const injection of inject) {
    const matches = wildcard(injection.tool);
    const text = commonText(injection).trim();
    const escaped = JSON.stringify(text).slice(1, -1);
    for (const { tool, result } of calls) {
      if (tools.has(tool) || result === ABSENT || !matches(tool)) continue;
      if (result === NOT_KNOWN || text === '') unclear = true;
      else if (holds(result, (leaf) => leaf.includes(text) || leaf.includes(escaped))) {
        tools.add(tool);
      }
    }
  }
  return tools.size === 0 && unclear ? NOT_TOLD : cameBy(tools);
}

/** Whether some text in a value, however deep, is of that kind. */
function holds(value: unknown, is: (text: string) => boolean): boolean {
  const waiting = [value];
  while (waiting.length > 0) {
    const next = waiting.pop();
    if (typeof next === 'string' && is(next)) return true;
    if (typeof next !== 'object' || next === null) continue;
    for (const inner of Object.values(next)) waiting.push(inner);
  }
  return false;
}
