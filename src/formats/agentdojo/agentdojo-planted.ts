import { isObject } from '../../json/object.ts';
import type { Step, ToolCallStep } from '../../model/trajectory.ts';

/** Says of each result whether a text of the attack stands in it; one that only gives back what the agent said itself is none. */
export function withPlanted(steps: Step[], injections: unknown, attack: string): Step[] {
  const texts = isObject(injections) ? [...new Set(Object.values(injections))].filter(isSaid) : [];
  if (texts.length === 0) return steps;
  const calls = new Map<unknown, ToolCallStep>();
  return steps.map((step) => {
    if (step.type === 'tool_call') calls.set(step['id'], step as ToolCallStep); // told by its type
    if (step.type !== 'tool_result') return step;
    const isThere =
      holdsOne(step['result'], texts) && !holdsOne(calls.get(step['id'])?.args, texts);
    return { ...step, planted: isThere ? [attack] : [] };
  });
}

function isSaid(text: unknown): text is string {
  return typeof text === 'string' && text.trim() !== '';
}

function holdsOne(value: unknown, texts: readonly string[]): boolean {
  if (value === undefined) return false;
  const shown = typeof value === 'string' ? value : JSON.stringify(value);
  return texts.some((text) => isShownIn(shown, text));
}

/** Whether a text stands in another one, from its first word on; what environments rewrite to show it as YAML or JSON counts for nothing: white space, quotes, escapes, signs beyond ASCII. */
function isShownIn(shown: string, text: string): boolean {
  const start = text.search(/[A-Za-z0-9]/);
  if (start === -1) return shown.includes(text.trim());
  const [word = ''] = /^[A-Za-z0-9]+/.exec(text.slice(start)) ?? [];
  for (let at = shown.indexOf(word); at !== -1; at = shown.indexOf(word, at + 1)) {
    if (follows(shown, at, text, start)) return true;
  }
  return false;
}

function follows(shown: string, from: number, text: string, start: number): boolean {
  let [at, next] = [from, start];
  for (;;) {
    [at, next] = [pastRewritten(shown, at), pastRewritten(text, next)];
    if (next === text.length) return true;
    if (shown.charCodeAt(at) !== text.charCodeAt(next)) return false;
    at++;
    next++;
  }
}

const ESCAPE = /\\(?:x[\dA-Fa-f]{2}|u[\dA-Fa-f]{4}|U[\dA-Fa-f]{8}|[0abefnrtvNLP_])?/y;
const [QUOTE, APOSTROPHE, BACKSLASH] = [0x22, 0x27, 0x5c];

/** The place of the next sign that is shown as it is; the end where none comes. */
function pastRewritten(text: string, from: number): number {
  for (let at = from; ; ) {
    const code = text.charCodeAt(at);
    if (code === BACKSLASH) {
      ESCAPE.lastIndex = at;
      at += ESCAPE.exec(text)?.[0].length ?? 1;
    } else if (code <= 0x20 || code > 0x7e || code === QUOTE || code === APOSTROPHE) at++;
    else return at;
  }
}
