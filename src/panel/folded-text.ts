import { isAscii } from '../match/squeezed.ts';
import { plainText } from '../safety/flow/plain-text.ts';
import { SPACE } from './encode-text.ts';

/** A text as it looks to a reader, and where each of its characters comes from. */
export interface FoldedText {
  readonly plain: string;
  /** Index in the text as it was of what stands at an index of the plain one. */
  readonly origin: (at: number) => number;
}

/** Undoes look-alikes, compatibility forms, invisible characters and escapes of JSON one by one, so that what is found can be marked where it stands. */
export function foldedText(text: string): FoldedText {
  if (isAscii(text) && !text.includes('\\')) return { plain: text, origin: (at) => at };
  const origins: number[] = [];
  const known = new Map<number, string>();
  let plain = '';
  for (let at = 0; at < text.length; ) {
    const { looks, length } = unitAt(text, at, known);
    for (let unit = 0; unit < looks.length; unit++) origins.push(at);
    plain += looks;
    at += length;
  }
  return { plain, origin: (index) => origins[index] ?? text.length };
}

/** What stands there looks like, and how much of the text it is. */
function unitAt(text: string, at: number, known: Map<number, string>): Unit {
  const code = text.codePointAt(at) ?? 0;
  if (code === BACKSLASH) return escapeAt(text, at);
  const looks = known.get(code) ?? looksOf(String.fromCodePoint(code));
  known.set(code, looks);
  return { looks, length: code > 0xffff ? 2 : 1 };
}

interface Unit {
  readonly looks: string;
  readonly length: number;
}

const BACKSLASH = 0x5c;
const FOUR_DIGITS = /^[\da-f]{4}$/i;

/** An escape of JSON; JSON within JSON has several backslashes for one. */
function escapeAt(text: string, at: number): Unit {
  let end = at;
  while (text.charCodeAt(end) === BACKSLASH) end++;
  const letter = text.charAt(end);
  const length = end + 1 - at;
  if (letter === '"') return { looks: '"', length };
  if (letter !== '' && 'nrtbf'.includes(letter)) return { looks: '\n', length };
  const digits = letter === 'u' ? text.slice(end + 1, end + 5) : '';
  if (!FOUR_DIGITS.test(digits)) return { looks: '\\', length: end - at };
  const character = String.fromCharCode(Number.parseInt(digits, 16));
  return { looks: looksOf(character), length: length + 4 };
}

function looksOf(character: string): string {
  return BREAKS.get(character) ?? plainText(character);
}

/** What parts words and lines and is no white space to a pattern: line ends of others, our own mark for a space, the empty one of Braille. */
const BREAKS: ReadonlyMap<string, string> = new Map([
  ['\u0085', '\n'],
  ['\u2028', '\n'],
  ['\u2029', '\n'],
  [SPACE, ' '],
  ['\u2800', ' '],
]);
