import { isAscii } from '../match/squeezed.ts';
import { plainText } from '../safety/flow/plain-text.ts';

/** A text as it looks to a reader, and where each of its characters comes from. */
export interface FoldedText {
  readonly plain: string;
  /** Index in the text as it was of what stands at an index of the plain one. */
  readonly origin: (at: number) => number;
}

/** Undoes look-alikes, compatibility forms and invisible characters one by one, so that what is found can be marked where it stands. */
export function foldedText(text: string): FoldedText {
  if (isAscii(text)) return { plain: text, origin: (at) => at };
  const origins: number[] = [];
  let plain = '';
  let at = 0;
  for (const character of text) {
    const looks = isAscii(character) ? character : looksOf(character);
    for (let unit = 0; unit < looks.length; unit++) origins.push(at);
    plain += looks;
    at += character.length;
  }
  return { plain, origin: (index) => origins[index] ?? text.length };
}

/** Other line ends are line ends too. */
function looksOf(character: string): string {
  return LINE_ENDS.has(character) ? '\n' : plainText(character);
}

const LINE_ENDS: ReadonlySet<string> = new Set(['\u0085', '\u2028', '\u2029']);
