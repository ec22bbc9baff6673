import { cut } from '../../match/show.ts';

/** Longest passage that is shown. */
const LONGEST = 120;

/** A passage with its middle hidden: enough of both ends to be found again, and no more. Text that is long besides is cut. */
export function masked(passage: string): string {
  const characters = [...passage];
  const kept = Math.min(3, Math.floor(characters.length / 6));
  if (kept === 0) return '•••';
  return `${characters.slice(0, kept).join('')}•••${characters.slice(-kept).join('')}`;
}

/** A passage as it can be shown, cut in the middle. */
export function shownPassage(passage: string): string {
  return cut(passage.replace(/\s+/g, ' ').trim(), LONGEST);
}
