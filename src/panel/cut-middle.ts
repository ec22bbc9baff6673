/** A text that is not too long. */
export interface CutText {
  readonly text: string;
  /** Characters that were taken out of its middle, 0 where it is whole. */
  readonly cut: number;
}

/** Leaves the first two thirds and the last third of so many characters of a text, with words between them that say how many are gone. */
export function cutMiddle(text: string, longest: number): CutText {
  if (text.length <= longest) return { text, cut: 0 };
  const kept = Math.ceil((longest * 2) / 3);
  const headEnd = isPairAt(text, kept - 1) ? kept - 1 : kept;
  const tail = text.length - (longest - kept);
  const tailStart = isPairAt(text, tail - 1) ? tail + 1 : tail;
  const cut = tailStart - headEnd;
  return {
    text: `${text.slice(0, headEnd)}[… ${cut} characters cut …]${text.slice(tailStart)}`,
    cut,
  };
}

/** Whether a character of two units begins there. */
function isPairAt(text: string, at: number): boolean {
  return at >= 0 && (text.codePointAt(at) ?? 0) > 0xffff;
}
