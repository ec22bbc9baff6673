import { suiteYaml } from '../formats/suite-yaml.ts';
import { pointerOf } from '../json/pointer.ts';
import { type ArgumentUse, MOST_SEEN, MOST_VALUES } from '../safety/permissions/argument-use.ts';
import type { NarrowerPolicy } from '../safety/permissions/narrower-policy.ts';
import type { ToolUse } from '../safety/permissions/tool-uses.ts';
import { countText } from './figures.ts';
import { jsonLine, safeYaml } from './json-text.ts';

const LONGEST_VALUE = 40;
const MOST_TOLD = 6;

/** A proposed policy as the part of a suite that it is, with what was seen of arguments as remarks; nothing in it steers a terminal. */
export function narrowerPolicyYaml({ policy, reasons, notes }: NarrowerPolicy): string {
  const remarks = new Map<string, string>();
  for (const [actor, uses] of reasons) {
    const list = actor === null ? policy.tools : policy.actors?.[actor];
    const path = actor === null ? ['policy', 'tools'] : ['policy', 'actors', actor];
    for (const [index, tool] of (list ?? []).entries()) {
      const remark = remarkOf(uses.filter((use) => use.tool === tool));
      if (remark !== '') remarks.set(pointerOf([...path, index]), remark);
    }
  }
  return safeYaml(suiteYaml({ policy }, { head: notes, remarks }));
}

function remarkOf(uses: readonly ToolUse[]): string {
  const [use, ...others] = uses;
  if (use === undefined) return '';
  if (others.length > 0) return 'by several actors';
  const told = use.args.map(argumentText).filter((text) => text !== '');
  const more = told.length > MOST_TOLD ? ['…'] : [];
  return [...told.slice(0, MOST_TOLD), ...more].join('; ');
}

/** What values an argument had, where that may become a rule: a range of numbers, or a few texts. */
function argumentText({ name, values, seen, range }: ArgumentUse): string {
  const label = jsonLine(name).slice(1, -1);
  if (range !== null && range.min < range.max) return `${label}: ${range.min} to ${range.max}`;
  const isFew = values > 0 && values <= MOST_SEEN && seen.every((one) => typeof one !== 'object');
  if (!isFew) return '';
  return `${label}: ${seen.map((value) => shownValue(value)).join(', ')}`;
}

/** A value from a trajectory as one short line of safe JSON. */
export function shownValue(value: unknown): string {
  const text = jsonLine(value) ?? 'null';
  return text.length <= LONGEST_VALUE ? text : `${text.slice(0, LONGEST_VALUE - 1)}…`;
}

/** A number of different values: `1 value`, `1,000 or more values`. */
export function valuesText(values: number): string {
  if (values >= MOST_VALUES) return `${countText(values)} or more values`;
  return `${countText(values)} ${values === 1 ? 'value' : 'values'}`;
}
