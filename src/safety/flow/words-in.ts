import { isAscii } from '../../match/squeezed.ts';

/** The words of a text, as numbers that are equal for equal words whatever their case, with their places. */
export interface Words {
  readonly hashes: readonly number[];
  readonly starts: readonly number[];
  readonly ends: readonly number[];
}

const WORD = /[\p{L}\p{N}]+/gu;

/** Finds the words of a plain text. */
export function wordsIn(plain: string): Words {
  const words = { hashes: [] as number[], starts: [] as number[], ends: [] as number[] };
  if (isAscii(plain)) addAscii(plain, words);
  else {
    for (const { 0: word, index } of plain.matchAll(WORD)) {
      let hash = 7;
      const lower = word.toLowerCase();
      for (let at = 0; at < lower.length; at++) hash = mixed(hash, lower.charCodeAt(at));
      words.hashes.push(hash);
      words.starts.push(index);
      words.ends.push(index + word.length);
    }
  }
  return words;
}

function addAscii(
  plain: string,
  { hashes, starts, ends }: { [Key in keyof Words]: number[] },
): void {
  let [hash, start] = [7, -1];
  for (let at = 0; at <= plain.length; at++) {
    const code = at < plain.length ? letterOf(plain.charCodeAt(at)) : 0;
    if (code !== 0) {
      if (start === -1) [hash, start] = [7, at];
      hash = mixed(hash, code);
    } else if (start !== -1) {
      hashes.push(hash);
      starts.push(start);
      ends.push(at);
      start = -1;
    }
  }
}

/** The code of a letter in lower case or of a digit, 0 for anything else. */
function letterOf(code: number): number {
  if ((code >= 97 && code <= 122) || (code >= 48 && code <= 57)) return code;
  return code >= 65 && code <= 90 ? code + 32 : 0;
}

function mixed(hash: number, code: number): number {
  return (Math.imul(hash, 31) + code) | 0;
}

const BASE = 0x2545f491;
/** Bits of an integer that costs no memory of its own. */
const SMALL = 0x3fffffff;

/** Calls back for every run of so many words, with a number that is equal for equal runs and the places of its ends; others may have that number too. */
export function eachRun(
  { hashes, starts, ends }: Words,
  length: number,
  tell: (hash: number, at: number, end: number) => void,
): void {
  let power = 1;
  for (let at = 1; at < length; at++) power = Math.imul(power, BASE);
  let hash = 0;
  for (let last = 0; last < hashes.length; last++) {
    const first = last - length;
    if (first >= 0) hash = (hash - Math.imul(hashes[first] as number, power)) | 0; // first < last
    hash = (Math.imul(hash, BASE) + (hashes[last] as number)) | 0; // last < length
    if (first >= -1) tell(hash & SMALL, starts[first + 1] as number, ends[last] as number); // both are words
  }
}
