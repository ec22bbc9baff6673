/** Words in a row, with where they stand. */
export interface WordRun {
  /** The words in lower case, a space between. */
  readonly token: string;
  readonly at: number;
  readonly end: number;
}

const WORD = /[\p{L}\p{N}]+/gu;

/** The words of a plain text with their places. */
export function wordsOf(text: string): { word: string; at: number }[] {
  return [...text.toLowerCase().matchAll(WORD)].map(({ 0: word, index }) => ({ word, at: index }));
}

/** Every run of so many words. */
export function* wordRuns(
  words: readonly { word: string; at: number }[],
  length: number,
): Generator<WordRun> {
  const window: string[] = [];
  for (let last = 0; last < words.length; last++) {
    const { word, at: begin } = words[last] as { word: string; at: number }; // last < length
    window.push(word);
    if (window.length > length) window.shift();
    const at = words[last - length + 1]?.at;
    if (at !== undefined) yield { token: window.join(' '), at, end: begin + word.length };
  }
}
