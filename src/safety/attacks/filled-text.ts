import type { Injection, InjectionFills } from '../../model/attack.ts';

const PLACE = /\{\{\s*(instruction|user|model|calls)\s*\}\}/g;

/** How a model is spoken of whose name is not known. */
const NAMELESS_MODEL = 'AI assistant';

/** What is planted in what an agent reads whose model has that name, null where that is not known. */
export function filledText(injection: Injection, model: string | null): string {
  return partsOf(injection)
    .map((part) => part ?? model ?? NAMELESS_MODEL)
    .join('');
}

/** The longest part of what is planted that is the same for every agent. */
export function commonText(injection: Injection): string {
  let [longest, run] = ['', ''];
  for (const part of partsOf(injection)) {
    run = part === null ? '' : run + part;
    if (run.length > longest.length) longest = run;
  }
  return longest;
}

/** The text in its parts, null where the model of the agent is named; filled in one pass. */
function partsOf({ text, fills }: Injection): (string | null)[] {
  if (!fills) return [text];
  const parts: (string | null)[] = [];
  let at = 0;
  for (const place of text.matchAll(PLACE)) {
    const [written, name] = place;
    const value = fills[name as keyof InjectionFills]; // the names in the pattern
    parts.push(text.slice(at, place.index), value === undefined ? written : value);
    at = place.index + written.length;
  }
  return [...parts, text.slice(at)];
}
