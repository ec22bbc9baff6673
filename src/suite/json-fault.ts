import { messageOf } from '../errors.ts';
import type { Span } from './source.ts';

/** What keeps a text from being JSON: where, and the parser's words. */
export function jsonFault(text: string): { span: Span; message: string } {
  const at = firstBad(text);
  const span = { start: at, end: at + 1 };
  try {
    JSON.parse(text);
    return { span, message: 'it ends in nothing' };
  } catch (thrown) {
    // less the excerpt and the position, which the place of the fault tells
    const words = messageOf(thrown).replace(/, ?(?:\.\.\.)?".*$/s, '');
    return { span, message: words.replace(/(?: in JSON)? at position .*$/s, '') };
  }
}

const SPACE = /[ \t\r\n]*/y;
const SCALAR = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][-+]?\d+)?|true|false|null/y;
/** What may follow a value, by the bracket that it stands in. */
const ENDS: Readonly<Record<string, string>> = { '{': '}', '[': ']' };

/** Offset of the first character that cannot stand where it does; that of the opening quote for a bad text. */
function firstBad(text: string): number {
  const open: string[] = [];
  let wants: 'value' | 'item' | 'key' | 'first key' | 'colon' | 'more' = 'value';
  for (let at = after(SPACE, text, 0); at < text.length; at = after(SPACE, text, at)) {
    const character = text[at] ?? '';
    const inner = open.at(-1);
    if (wants === 'more') {
      if (inner === undefined) return at;
      if (character === ',') wants = inner === '{' ? 'key' : 'value';
      else if (character === ENDS[inner]) open.pop();
      else return at;
      at++;
    } else if (wants === 'colon') {
      if (character !== ':') return at;
      wants = 'value';
      at++;
    } else if (
      (wants === 'item' && character === ']') ||
      (wants === 'first key' && character === '}')
    ) {
      open.pop();
      wants = 'more';
      at++;
    } else if (wants === 'key' || wants === 'first key') {
      const end = character === '"' ? stringEnd(text, at) : -1;
      if (end === -1) return at;
      wants = 'colon';
      at = end;
    } else if (character === '{' || character === '[') {
      open.push(character);
      wants = character === '{' ? 'first key' : 'item';
      at++;
    } else {
      const end = character === '"' ? stringEnd(text, at) : after(SCALAR, text, at);
      if (end === -1 || end === at) return at;
      wants = 'more';
      at = end;
    }
  }
  return Math.max(0, text.length - 1);
}

function after(pattern: RegExp, text: string, at: number): number {
  pattern.lastIndex = at;
  return pattern.test(text) ? pattern.lastIndex : at;
}

/** Where a text in quotes ends, -1 where it does not or holds what it cannot. */
function stringEnd(text: string, start: number): number {
  for (let at = start + 1; at < text.length; at++) {
    const character = text[at] ?? '';
    if (character === '"') return at + 1;
    if (character < ' ') return -1;
    if (character !== '\\') continue;
    at++;
    const escaped = text[at] ?? '';
    if (escaped === 'u' && /^[0-9a-fA-F]{4}$/.test(text.slice(at + 1, at + 5))) at += 4;
    else if (!'"\\/bfnrt'.includes(escaped)) return -1;
  }
  return -1;
}
